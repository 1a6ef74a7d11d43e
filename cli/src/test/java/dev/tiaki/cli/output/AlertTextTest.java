package dev.tiaki.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertMethod;
import dev.tiaki.engine.alert.AlertNode;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertTextTest {
  private static final long TIME = 1_386_928_433_000_000_000L; // 2013-12-13 09:53:53 UTC

  private final TimeZone before = TimeZone.getDefault();

  @BeforeEach
  void live_in_paris() {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
  }

  @AfterEach
  void go_home() {
    TimeZone.setDefault(before);
  }

  private static Alert full(boolean update) {
    return new Alert(
        12,
        update,
        TIME,
        TIME,
        TIME + 1_000_000_000L,
        "medium",
        "7",
        "failed",
        "text",
        new AlertMethod("how", List.of("a", "b", "c")),
        List.of(AlertNode.address("10.0.0.1", "local.org"), AlertNode.service("22", "ssh")),
        List.of(AlertNode.address("10.0.0.0/22")),
        List.of(1L, 2L),
        AlertContext.NONE);
  }

  private static Alert bare(String severity) {
    return new Alert(
        1,
        false,
        TIME,
        null,
        null,
        severity,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        AlertContext.NONE);
  }

  @Test
  void pretty_gives_each_item_a_line() {
    assertThat(new AlertText(AlertText.PRETTY, false).of(full(false)))
        .isEqualTo(
            """
            alert: id = 12
            \ttime = Fri Dec 13 10:53:53 2013
            \tstart time = Fri Dec 13 10:53:53 2013
            \tend time = Fri Dec 13 10:53:54 2013
            \tseverity = medium
            \tconfidence = 7
            \tcompletion = failed
            \tdescription = text
            \tmethod = {
            \t\tdescription = how
            \t\tref = { a, b, c }
            \t}
            \tsources = {
            \t\taddress: 10.0.0.1, local.org
            \t\tservice: 22, ssh
            \t}
            \ttargets = {
            \t\taddress: 10.0.0.0/22
            \t}
            \trefs = { 1, 2 }
            """);
  }

  @Test
  void an_update_says_so() {
    assertThat(new AlertText(AlertText.PRETTY, false).of(full(true)))
        .startsWith("alert: update id = 12\n");
  }

  @Test
  void one_line_separates_items_by_a_space() {
    assertThat(new AlertText(AlertText.ONE_LINE, false).of(full(false)))
        .isEqualTo(
            "alert: id = 12 time = Fri Dec 13 10:53:53 2013 start time = Fri Dec 13 10:53:53 2013"
                + " end time = Fri Dec 13 10:53:54 2013 severity = medium confidence = 7"
                + " completion = failed description = text method = { \tdescription = how"
                + " \tref = { a, b, c } } sources = { \taddress: 10.0.0.1, local.org"
                + " \tservice: 22, ssh } targets = { \taddress: 10.0.0.0/22 } refs = { 1, 2 }\n");
  }

  @Test
  void an_empty_alert_has_an_id_and_a_time() {
    assertThat(new AlertText(AlertText.PRETTY, false).of(bare(null)))
        .isEqualTo("alert: id = 1\n\ttime = Fri Dec 13 10:53:53 2013\n");
  }

  @Test
  void a_day_of_one_digit_is_padded_with_a_space() {
    assertThat(AlertText.ctime(1_383_576_567_000_000_000L)).isEqualTo("Mon Nov  4 15:49:27 2013");
  }

  @Test
  void on_a_terminal_the_severity_colours_the_word() {
    AlertText text = new AlertText(AlertText.ONE_LINE, true);
    assertThat(text.of(bare("low"))).startsWith("\u001b[1m\u001b[36malert\u001b[0m: ");
    assertThat(text.of(bare("medium"))).startsWith("\u001b[1m\u001b[33malert\u001b[0m: ");
    assertThat(text.of(bare("high"))).startsWith("\u001b[1m\u001b[31malert\u001b[0m: ");
    assertThat(text.of(bare(null)))
        .startsWith("\u001b[1m\u001b[31malert\u001b[0m: \u001b[1mid\u001b[0m = 1 ");
  }
}
