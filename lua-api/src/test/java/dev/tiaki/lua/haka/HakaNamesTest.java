package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.misc.AsmModule;
import dev.tiaki.lua.reference.Definitions;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IcmpMessage;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every name that Haka's rule files can use is there, does something, and is documented. */
class HakaNamesTest {
  private static final Pattern SECTION =
      Pattern.compile("(?m)^\\*\\*(.+?)\\*\\* \\(\\d+\\): (.*)$");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern OPERATOR =
      Pattern.compile("#(\\w+)|pairs\\((\\w+)\\)|(\\w+)\\[.\\]");
  private static final Definitions DEFINITIONS = Definitions.load();
  @TempDir private static Path folder;

  /** For names that need no traffic and leave nothing behind. */
  private final RuleReplay quiet = new RuleReplay();

  @TestFactory
  Stream<DynamicTest> names_do_something() throws IOException {
    Path database = Files.write(folder.resolve("c.mmdb"), CountryDatabase.lowerHalfIn("US"));
    return HakaName.all().stream()
        .filter(name -> name.elsewhere() == null)
        .map(name -> DynamicTest.dynamicTest(name.toString(), () -> exercise(name, database)));
  }

  private void exercise(HakaName name, Path database) {
    if (name.name().matches("(asm\\.|handle:|inst[.:]).*") && System.getenv("CI") == null) {
      assumeTrue(AsmModule.isAvailable(), "skipped, libcapstone is not installed");
    }
    String output = run(name, database);
    boolean done = output.contains("exercised") && !output.contains("DEFECT ");
    if (name.missing() == null) {
      assertThat(done).as(output).isTrue();
    } else {
      assertThat(done).as("no longer missing: take the mark off").isFalse();
    }
  }

  private String run(HakaName name, Path database) {
    boolean together = name.traffic().equals("together");
    RuleReplay replay = together ? quiet : new RuleReplay();
    try {
      replay.rules("country_database = '" + database + "'");
      replay.rules(name.source());
    } catch (RuleFailure failure) {
      return "DEFECT " + failure.getMessage();
    }
    if (together) {
      return replay.text();
    }
    replay.haka.started();
    replay.receive(traffic(name.traffic())).finish();
    String text = replay.text();
    return text.lines()
            .filter(line -> line.startsWith("error "))
            .filter(line -> !line.matches("error (external|elasticsearch):.*"))
            .filter(line -> !line.contains("expected"))
            .map(line -> "DEFECT " + line + "\n")
            .reduce("", String::concat)
        + text;
  }

  private static List<Frame> traffic(String kind) {
    return switch (kind) {
      case "none" -> List.of();
      case "web" -> web();
      case "udp" -> udp("10.0.0.1:5000", "10.0.0.2:69", new byte[] {97, 115, 107});
      case "dns" -> dns();
      case "icmp" ->
          new Trace().send(IcmpMessage.between("10.0.0.1", "10.0.0.2").echo(1, 1).toIp()).frames();
      case "framework" -> framework();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static List<Frame> web() {
    Trace trace = new Trace();
    for (int port = 1234; port < 1236; port++) {
      trace
          .conversation("10.0.0.1:" + port, "10.0.0.2:80")
          .handshake()
          .up("GET /a?x=1 HTTP/1.1\r\nHost: example.org\r\nCookie: k=v\r\n\r\n")
          .down("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: s=t\r\n\r\nok")
          .fin();
    }
    return trace.frames();
  }

  private static List<Frame> udp(String from, String to, byte[] data) {
    return new Trace().send(UdpDatagram.between(from, to).payload(data).toIp()).frames();
  }

  private static List<Frame> dns() {
    DnsBytes query = DnsBytes.query(7, "www.example.org", 1);
    DnsBytes response =
        DnsBytes.response(7, "www.example.org", 1)
            .answer("www.example.org", 1, "0a000001")
            .answer("www.example.org", 5, "016100")
            .answer(
                "www.example.org", 6, "016d00 017200 00000001 00000002 00000003 00000004 00000005")
            .answer("www.example.org", 11, "0a000001 06 40")
            .answer("www.example.org", 14, "017200 016500")
            .answer("www.example.org", 15, "000a 016d00")
            .answer("www.example.org", 16, "02 6869")
            .answer("www.example.org", 999, "78");
    return new Trace()
        .send(UdpDatagram.between("10.0.0.1:4000", "10.0.0.2:53").payload(query.bytes()).toIp())
        .send(UdpDatagram.between("10.0.0.2:53", "10.0.0.1:4000").payload(response.bytes()).toIp())
        .frames();
  }

  private static List<Frame> framework() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:7777")
        .handshake()
        .up("hello")
        .fin()
        .trace()
        .send(Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(99).payload(new byte[] {7, 3}))
        .frames();
  }

  @TestFactory
  Stream<DynamicTest> names_are_documented() {
    return HakaName.all().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name.toString(), () -> assertThat(isDocumented(name)).isTrue()));
  }

  private static boolean isDocumented(HakaName of) {
    String name = of.name().replace("(console)", "").replace("()", "");
    Matcher operator = OPERATOR.matcher(name);
    if (operator.matches()) {
      String object =
          Stream.of(1, 2, 3).map(operator::group).filter(found -> found != null).findFirst().get();
      return of.types().get(object).stream().allMatch(DEFINITIONS::hasType);
    }
    int end = Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'));
    List<String> types = of.types().get(end < 0 ? "*" : name.substring(0, end));
    String member = name.substring(end + 1);
    boolean isOperator = !member.isEmpty() && !Character.isJavaIdentifierStart(member.charAt(0));
    return types == null
        ? DEFINITIONS.hasName(name.replace(':', '.'))
            || of.types().getOrDefault(name, List.of()).stream().anyMatch(DEFINITIONS::hasType)
        : types.stream().anyMatch(type -> isOperator || DEFINITIONS.hasMember(type, member));
  }

  @Test
  void the_list_is_that_of_the_contract() throws IOException {
    String contract = Files.readString(SharedMaterial.orSkip("contracts/haka-lua-api.md"));
    String index = contract.substring(contract.lastIndexOf("\n## 27."));
    List<String> wanted =
        SECTION.matcher(index).results().flatMap(HakaNamesTest::namesOf).distinct().toList();
    assertThat(wanted).hasSizeGreaterThan(700);
    assertThat(HakaName.all().stream().map(name -> name.section() + ": " + name.name()))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static Stream<String> namesOf(MatchResult section) {
    return QUOTED
        .matcher(section.group(2))
        .results()
        .map(name -> section.group(1) + ": " + name.group(1));
  }
}
