package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.control.ControlSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ControlOptionsTest {
  private static ControlSettings settings(String... words) {
    ControlOptions control = new ControlOptions();
    CommandSpec command = CommandSpec.create();
    control.addTo(new Options(command::addOption));
    new CommandLine(command).parseArgs(words);
    return control.toSettings();
  }

  @Test
  void without_a_word_the_default_socket_is_tried() {
    ControlSettings settings = settings();
    assertThat(settings.socket()).isEqualTo(ControlSettings.DEFAULT_SOCKET);
    assertThat(settings.required()).isFalse();
    assertThat(settings.remote()).isNull();
    assertThat(settings.isOn()).isTrue();
  }

  @Test
  void a_socket_that_was_asked_for_is_required() {
    ControlSettings settings = settings("--control-socket", "/tmp/s", "--control-group", "adm");
    assertThat(settings.socket()).isEqualTo(Path.of("/tmp/s"));
    assertThat(settings.required()).isTrue();
    assertThat(settings.group()).isEqualTo("adm");
  }

  @Test
  void none_is_nowhere() {
    assertThat(settings("--control-socket=none").isOn()).isFalse();
  }

  @Test
  void over_tcp_everything_is_needed() {
    ControlSettings.Remote remote =
        settings(
                "--control-socket=none",
                "--control-listen=[::1]:9443",
                "--control-tls-certificate=c.pem",
                "--control-tls-key=k.pem",
                "--control-token-file=t")
            .remote();
    assertThat(remote).isNotNull();
    assertThat(remote.address().getPort()).isEqualTo(9443);
    assertThat(remote.address().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    assertThat(remote.tls().key()).isEqualTo(Path.of("k.pem"));
    assertThatThrownBy(() -> settings("--control-listen=127.0.0.1:9443"))
        .hasMessageContaining("nobody is served without TLS and a token");
    assertThatThrownBy(() -> settings("--control-token-file=t"))
        .hasMessageContaining("are for --control-listen, which is missing");
  }

  @Test
  void an_address_that_is_none_is_refused() {
    for (String address : new String[] {"9443", "localhost:", ":1", "localhost:99999"}) {
      assertThatThrownBy(() ->
              settings(
                  "--control-listen=" + address,
                  "--control-tls-certificate=c",
                  "--control-tls-key=k",
                  "--control-token-file=t"))
          .as(address)
          .hasMessageContaining("is not HOST:PORT");
    }
  }
}
