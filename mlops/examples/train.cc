// A C++ program that is handed its configuration as a file: sluice run --env dev --mount -- ./train
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

int main() {
  const char* const path = std::getenv("SLUICE_CONFIG_FILE");
  if (path == nullptr) {
    std::cerr << "start this with: sluice run --env dev --mount -- train\n";
    return 2;
  }
  std::ifstream file(path);
  const auto config = nlohmann::json::parse(file);
  std::cout << "training " << config["model"]["choice"].get<std::string>() << " for "
            << config["training"]["epochs"].get<int>() << " epochs\n";
}
