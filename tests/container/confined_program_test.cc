#include "container/confined_program.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

namespace sluice::container {
namespace {

using How = ProgramEnd::Kind;

Allowance plenty() { return {10, 20, std::uint64_t{1} << 30, 1u << 20}; }

ProgramEnd run(const std::string& script, const Allowance& allowance, std::string_view input = {}) {
  auto end = run_confined({"/bin/sh", "-c", script}, input, allowance);
  EXPECT_TRUE(end) << end.error().what;
  return end ? *end : ProgramEnd();
}

TEST(ConfinedProgram, ReadsItsInputAndGivesItsOutputAndExitCode) {
  const std::string input(300'000, 'x');
  const ProgramEnd end = run("exec cat", plenty(), input);
  EXPECT_EQ(end.kind, How::exited);
  EXPECT_EQ(end.code, 0);
  EXPECT_EQ(end.output, input);
  EXPECT_EQ(run("exit 7", plenty()).code, 7);
}

TEST(ConfinedProgram, HasNoEnvironmentNoOtherFilesAndNoMoreProcesses) {
  ::setenv("SLUICE_TEST_VARIABLE", "here", 1);
  const ProgramEnd variables = run("echo ${SLUICE_TEST_VARIABLE-none}", plenty());
  EXPECT_EQ(variables.output, "none\n");
  // Beside the streams there is only the folder that is being listed.
  EXPECT_EQ(run("exec ls /proc/self/fd", plenty()).output, "0\n1\n2\n3\n");
  EXPECT_EQ(run("exec grep NoNewPrivs /proc/self/status", plenty()).output, "NoNewPrivs:\t1\n");
  const std::string none = "'^Max (processes|core file size) +0 +0 '";
  EXPECT_EQ(run("exec grep -cE " + none + " /proc/self/limits", plenty()).output, "2\n");
}

TEST(ConfinedProgram, IsEndedWhenItsTimeIsOver) {
  Allowance little = plenty();
  little.cpu_seconds = 1;
  const ProgramEnd busy = run("while :; do :; done", little);
  EXPECT_EQ(busy.kind, How::out_of_time);
  EXPECT_GE(busy.cpu_seconds, 0.9);

  little = plenty();
  little.wall_seconds = 1;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run("exec sleep 60", little).kind, How::out_of_time);
  // Closing its streams does not let it go on.
  EXPECT_EQ(run("exec >&- 2>&- sleep 60", little).kind, How::out_of_time);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(ConfinedProgram, IsEndedWhenItWritesTooMuch) {
  Allowance little = plenty();
  little.output = 10'000;
  const ProgramEnd end = run("exec yes", little);
  EXPECT_EQ(end.kind, How::out_of_output);
  EXPECT_EQ(end.output.size(), 10'000u);
  // Also when it takes no heed.
  EXPECT_EQ(run("trap '' XFSZ; yes; exit 0", little).kind, How::out_of_output);
}

TEST(ConfinedProgram, GetsNoMoreMemory) {
  Allowance little = plenty();
  little.memory = 64u << 20;
  const ProgramEnd end = run("exec dd if=/dev/zero of=/dev/null bs=200M count=1", little);
  EXPECT_EQ(end.kind, How::exited);
  EXPECT_NE(end.code, 0);
  EXPECT_EQ(run("exec dd if=/dev/zero of=/dev/null bs=200M count=1", plenty()).code, 0);
}

TEST(ConfinedProgram, IsToldToHaveCrashed) {
  const ProgramEnd end = run("kill -SEGV $$", plenty());
  EXPECT_EQ(end.kind, How::crashed);
  EXPECT_EQ(end.code, SIGSEGV);
}

TEST(ConfinedProgram, IsAnErrorWhenItCannotBeStarted) {
  EXPECT_FALSE(run_confined({"/nowhere/at/all"}, "", plenty()));
}

TEST(ConfinedProgram, IsFoundInAbsoluteFoldersOnly) {
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", "/nowhere:/bin:/usr/bin", 1);
  EXPECT_EQ(find_program("sh"), "/bin/sh");
  ::setenv("PATH", "../../../../../../../../../../../bin::.", 1);
  EXPECT_EQ(find_program("sh"), "");
  ::setenv("PATH", before.c_str(), 1);
}

}  // namespace
}  // namespace sluice::container
