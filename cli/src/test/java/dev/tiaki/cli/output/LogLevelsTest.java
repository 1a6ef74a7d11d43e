package dev.tiaki.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSections;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
  @Test
  void a_word_alone_is_for_all_sections_and_a_named_one_for_its_section() {
    LogSections sections = new LogSections((section, level, message) -> {});
    LogLevels.parse("debug,lua=error,conn=trace").applyTo(sections);
    assertThat(sections.section("core").isEnabled(LogLevel.DEBUG)).isTrue();
    assertThat(sections.section("lua").isEnabled(LogLevel.WARN)).isFalse();
    assertThat(sections.section("conn").isEnabled(LogLevel.TRACE)).isTrue();
  }

  @Test
  void default_takes_a_sections_own_level_away() {
    LogSections sections = new LogSections((section, level, message) -> {});
    LogLevels.parse("lua=debug")
        .and(LogLevels.parse("lua=default"))
        .and(LogLevels.parse("warn"))
        .applyTo(sections);
    assertThat(sections.section("lua").isEnabled(LogLevel.INFO)).isFalse();
  }

  @Test
  void warn_and_warning_mean_the_same() {
    assertThat(LogLevels.parse("warning")).isEqualTo(LogLevels.parse("warn"));
  }

  @Test
  void an_unknown_word_is_named() {
    assertThatThrownBy(() -> LogLevels.parse("lua=loud")).hasMessage("invalid logging level: loud");
    assertThatThrownBy(() -> LogLevels.parse("default")).hasMessage("invalid default log level");
  }
}
