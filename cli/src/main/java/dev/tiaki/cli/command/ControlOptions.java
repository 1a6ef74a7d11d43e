package dev.tiaki.cli.command;

import dev.tiaki.cli.control.ControlSettings;
import dev.tiaki.cli.control.http.Tls;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the control API is served. */
final class ControlOptions {
  private static final String NOWHERE = "none";

  @Nullable String socket;

  @Nullable String group;

  @Nullable String listen;

  @Nullable Path certificate;

  @Nullable Path key;

  @Nullable Path tokenFile;

  ControlOptions() {}

  /** Adds them to a command. */
  void addTo(Options options) {
    options
        .value(String.class, "--control-socket")
        .label("FILE")
        .says(
            "Serve the control API at this Unix socket; none: nowhere",
            "(default: /run/tiaki/control.sock, where that can be made).")
        .into(() -> socket, given -> socket = given);
    options
        .value(String.class, "--control-group")
        .label("GROUP")
        .says("Let this group use the socket too, not its owner alone.")
        .into(() -> group, given -> group = given);
    options
        .value(String.class, "--control-listen")
        .label("HOST:PORT")
        .says("Serve it over TCP too; needs the three options that follow.")
        .into(() -> listen, given -> listen = given);
    options
        .value(Path.class, "--control-tls-certificate")
        .label("FILE.pem")
        .says("The certificate for TLS, with those that signed it.")
        .into(() -> certificate, given -> certificate = given);
    options
        .value(Path.class, "--control-tls-key")
        .label("FILE.pem")
        .says("Its private key.")
        .into(() -> key, given -> key = given);
    options
        .value(Path.class, "--control-token-file")
        .label("FILE")
        .says("Holds the token that clients over TCP have to know.")
        .into(() -> tokenFile, given -> tokenFile = given);
  }

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException when they make no sense; the message says why
   */
  ControlSettings toSettings() {
    if (socket == null) {
      return new ControlSettings(ControlSettings.DEFAULT_SOCKET, false, group, remote());
    }
    return new ControlSettings(
        socket.equals(NOWHERE) ? null : Path.of(socket), true, group, remote());
  }

  private ControlSettings.@Nullable Remote remote() {
    if (listen == null) {
      if (certificate != null || key != null || tokenFile != null) {
        throw new IllegalArgumentException(
            "--control-tls-… and --control-token-file are for --control-listen, which is missing");
      }
      return null;
    }
    if (certificate == null || key == null || tokenFile == null) {
      throw new IllegalArgumentException(
          "--control-listen needs --control-tls-certificate, --control-tls-key and"
              + " --control-token-file: over TCP nobody is served without TLS and a token");
    }
    return new ControlSettings.Remote(address(listen), new Tls(certificate, key), tokenFile);
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 0xffff) {
      throw new IllegalArgumentException("--control-listen: '" + text + "' is not HOST:PORT");
    }
    String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("--control-listen: there is no host '" + host + "'");
    }
    return address;
  }
}
