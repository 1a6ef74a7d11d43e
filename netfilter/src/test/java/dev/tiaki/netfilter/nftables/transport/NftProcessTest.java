package dev.tiaki.netfilter.nftables.transport;

import static dev.tiaki.netfilter.nftables.transport.Documents.chain;
import static dev.tiaki.netfilter.nftables.transport.Documents.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NftProcessTest {
  private static final String BANNER =
      "if [ \"$1\" = --version ]; then echo 'nftables v1.0.6 (false)'; exit 0; fi\n";

  @TempDir private Path folder;

  /** Makes a program that stands in for nft. */
  private Nftables program(String script) throws IOException {
    return program(script, NftProcess.DEFAULT_TIME_LIMIT);
  }

  private Nftables program(String script, Duration timeLimit) throws IOException {
    Path file = folder.resolve("nft");
    Files.writeString(file, "#!/bin/sh\n" + BANNER + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    NftProgram program = NftProgram.at(file);
    NftProcess process = NftProcess.of(program, NetworkNamespace.own()).withTimeLimit(timeLimit);
    return new Nftables(process, program.version());
  }

  private static NftException failure(Nftables nftables) {
    NftDocument document = Documents.of(table("ip", "t"));
    NftException failure =
        catchThrowableOfType(NftException.class, () -> nftables.tryOut(document));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void a_program_that_hangs_is_ended_with_its_children() throws Exception {
    Path note = folder.resolve("child");
    Nftables nftables =
        program("sleep 600 & echo $! > " + note + "\nwait\n", Duration.ofSeconds(2));

    NftException failure = failure(nftables);

    assertThat(failure.kind()).isEqualTo(NftException.Kind.TIMED_OUT);
    assertThat(failure).hasMessageContaining("did not end within 2000 ms and was killed");
    long child = Long.parseLong(Files.readString(note).strip());
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
  }

  @Test
  void a_program_that_does_not_read_cannot_block_us() throws Exception {
    Nftables nftables = program("exit 0\n");

    assertThat(failure(nftables).kind()).isEqualTo(NftException.Kind.UNPROVEN);
  }

  @Test
  void success_without_an_echo_is_no_success() throws Exception {
    Nftables nftables = program("cat > /dev/null; exit 0\n");

    assertThat(failure(nftables)).hasMessage("the echo of nft is not what it was given");
  }

  @Test
  void an_echo_of_something_else_is_no_success() throws Exception {
    Nftables nftables =
        program(
            "cat > /dev/null\n"
                + "echo '{\"nftables\":[{\"add\":{\"table\":{\"family\":\"ip\",\"name\":\"u\"}}}]}'\n");

    assertThat(failure(nftables))
        .hasMessage("the echo of nft is not what it was given, from /nftables/0/add/table/name on");
  }

  @Test
  void a_warning_is_no_success() throws Exception {
    Nftables nftables = program("cat; echo 'flag dropped' >&2\n");

    assertThat(failure(nftables)).hasMessage("nft did it, but says: flag dropped");
  }

  @Test
  void a_crash_is_told() throws Exception {
    NftException failure = failure(program("kill -SEGV $$\n"));

    assertThat(failure.kind()).isEqualTo(NftException.Kind.CRASHED);
    assertThat(failure.effect()).isEqualTo(NftException.Effect.NONE);
  }

  @Test
  void nft_sees_only_an_environment_of_its_own() throws Exception {
    Nftables nftables = program("echo \"$LC_ALL $TZ $HOME\" >&2; exit 1\n");

    assertThat(failure(nftables).reason()).isEqualTo("C UTC");
  }

  @Test
  void something_else_named_nft_is_refused() throws Exception {
    NftException failure =
        catchThrowableOfType(NftException.class, () -> NftProgram.at(Path.of("/bin/echo")));

    assertThat(failure).hasMessageContaining("/bin/echo is no nft: asked for its version");
  }

  @Test
  void a_missing_program_is_told() throws Exception {
    NftException failure =
        catchThrowableOfType(NftException.class, () -> NftProgram.at(folder.resolve("nft")));

    assertThat(failure.kind()).isEqualTo(NftException.Kind.NO_PROGRAM);
    assertThat(failure).hasMessageContaining("cannot be started");
  }

  @Test
  void a_missing_network_namespace_is_told() throws Exception {
    NftProcess process =
        NftProcess.of(
            new NftProgram(Path.of("/bin/true"), NftVersion.V1_0_6, ""),
            NetworkNamespace.named("tiaki-none"));

    assertThat(failure(new Nftables(process, NftVersion.V1_0_6)))
        .hasMessageContaining("network namespace tiaki-none");
  }

  /** Documents that nft 1.0.6 dies of, handed to it as they are; the newer releases refuse them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'list': {'limits': null}}",
        "{'delete': {'ct timeout': {'family': 'ip', 'table': 't', 'name': 'x'}}}",
        "{'delete': {'ct expectation': {'family': 'ip', 'table': 't', 'name': 'x'}}}",
        "{'add': {'rule': {'family': 'ip', 'table': 't', 'chain': 'c',"
            + " 'expr': [{'reject': {'type': 'icmpx'}}]}}}",
        "{'add': {'rule': {'family': 'ip', 'table': 't', 'chain': 'c', 'expr': [{'match':"
            + " {'op': '|', 'left': {'meta': {'key': 'mark'}}, 'right': 1}}]}}}"
      })
  void a_document_that_nft_dies_of_takes_only_the_child_along(String deadly) throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      NftProgram program = NftProgram.find();
      NftProcess process = NftProcess.of(program, namespace.namespace());
      String json = Documents.json(table("ip", "t"), chain("ip", "t", "c"), deadly);

      NftAnswer answer = process.exchange(NftRequest.run(json));

      assertThat(answer.isClean()).isFalse();
      if (program.version().equals(NftVersion.V1_0_6)) {
        assertThat(answer.isCrash()).as(answer.toString()).isTrue();
      }
      assertThat(new Nftables(process, program.version()).ruleset().objects()).isEmpty();
    }
  }

  @Test
  void nft_that_is_given_no_json_is_not_believed() throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      NftProcess process = NftProcess.of(NftProgram.find(), namespace.namespace());

      NftAnswer answer = process.exchange(NftRequest.run("{\"nftables\": ["));

      assertThat(
              answer.isClean()
                  && Echo.read(answer.output()) instanceof Echo echo
                  && echo.echo() != null)
          .isFalse();
    }
  }

  @Test
  void without_privilege_the_error_says_what_is_needed() throws Exception {
    try (TestNamespace namespace = TestNamespace.create()) {
      Path file = folder.resolve("nft");
      Files.writeString(
          file,
          "#!/bin/sh\nexec setpriv --bounding-set=-net_admin "
              + NftProgram.find().path()
              + " \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      NftProgram program = NftProgram.at(file);
      Nftables nftables =
          new Nftables(NftProcess.of(program, namespace.namespace()), program.version());

      NftException failure = failure(nftables);

      assertThat(failure.kind()).isEqualTo(NftException.Kind.NOT_PERMITTED);
      assertThat(failure).hasMessageContaining("needs CAP_NET_ADMIN");
    }
  }

  @Test
  void what_was_recorded_is_replayed_without_nft() throws Exception {
    List<RecordingTransport.Exchange> exchanges;
    NftDocument document = Documents.of(table("ip", "t"), chain("ip", "t", "c"));
    Applied applied;
    try (TestNamespace namespace = TestNamespace.create()) {
      NftProgram program = NftProgram.find();
      RecordingTransport recording =
          new RecordingTransport(NftProcess.of(program, namespace.namespace()));
      applied = new Nftables(recording, program.version()).apply(document);
      exchanges = recording.exchanges();
    }

    ReplayTransport replay = new ReplayTransport(exchanges);

    assertThat(new Nftables(replay, NftVersion.V1_0_6).apply(document)).isEqualTo(applied);
    assertThat(replay.isAtEnd()).isTrue();
  }
}
