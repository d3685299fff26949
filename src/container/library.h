#pragma once

#include <dlfcn.h>

#include <string>

namespace sluice::container {

/// A shared library that is loaded when it is first needed: linking it would cost every run its start.
class Library {
 public:
  explicit Library(const char* name) : handle_(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) note_fault(name);
  }

  template <class Function>
  void find(const char* name, Function& function) {
    if (handle_ == nullptr) return;
    function = reinterpret_cast<Function>(::dlsym(handle_, name));
    if (function == nullptr) note_fault(name);
  }

  /// Why it cannot be used; empty when it can.
  const std::string& fault() const { return fault_; }

 private:
  void note_fault(const char* name) {
    const char* const why = ::dlerror();
    if (fault_.empty()) fault_ = why != nullptr ? why : name;
  }

  void* handle_;
  std::string fault_;
};

}  // namespace sluice::container
