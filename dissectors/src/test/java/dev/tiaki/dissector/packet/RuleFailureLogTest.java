package dev.tiaki.dissector.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.rule.RuleFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFailureLogTest {
  private final List<String> lines = new ArrayList<>();
  private final LogSections sections =
      new LogSections((section, level, message) -> lines.add(message));

  private RuleFailureLog log(boolean everyOne) {
    return new RuleFailureLog(sections.section("lua"), "ipv4: ", everyOne);
  }

  private static RuleFailure failure(String name, String location) {
    return new RuleFailure("oops", name, location);
  }

  @Test
  void a_failure_names_its_rule() {
    log(false).failed(failure("mine", "a.lua:1"));
    log(false).failed(failure(null, "a.lua:1"));
    assertThat(lines).containsExactly("ipv4: oops (rule 'mine')", "ipv4: oops");
  }

  @Test
  void of_a_million_failures_some_ten_are_logged() {
    RuleFailureLog log = log(false);
    for (int i = 0; i < 1_000_000; i++) {
      log.failed(failure(null, "a.lua:1"));
    }
    assertThat(lines)
        .containsExactly(
            "ipv4: oops",
            "ipv4: oops",
            "ipv4: oops",
            "ipv4: oops",
            "ipv4: oops; from now on only now and then",
            "ipv4: oops; 100 times so far",
            "ipv4: oops; 1000 times so far",
            "ipv4: oops; 10000 times so far",
            "ipv4: oops; 100000 times so far",
            "ipv4: oops; 1000000 times so far");
  }

  @Test
  void each_place_counts_for_itself() {
    RuleFailureLog log = log(false);
    for (int i = 0; i < 20; i++) {
      log.failed(failure(null, "a.lua:1"));
    }
    log.failed(failure(null, "b.lua:7"));
    assertThat(lines).hasSize(6);
  }

  @Test
  void haka_logs_every_failure_and_its_text_alone() {
    RuleFailureLog log = log(true);
    for (int i = 0; i < 20; i++) {
      log.failed(failure("mine", "a.lua:1"));
    }
    assertThat(lines).hasSize(20).allMatch(line -> line.equals("ipv4: oops"));
  }
}
