package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.HttpDissector;
import dev.tiaki.dissector.icmp.IcmpDissector;
import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.smtp.SmtpDissector;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.address.IpNetwork;
import dev.tiaki.lua.binding.AddressValue;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.Dissectors;
import dev.tiaki.lua.binding.PacketValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The modules {@code protocol/…}: requiring one publishes its dissector in {@code haka.dissectors}
 * and lets the protocol take part.
 */
final class ProtocolModules {
  private static final int MAX_UDP_BYTES = 0xffff;

  private final Bindings bindings;
  private final Dissectors dissectors;
  private final Protocols protocols;
  private final ProtocolEvents events;
  private final DatagramEvents datagramEvents;
  private final ProtocolPolicies policies;
  private final DissectorsTable published;
  private final CoreFunctions core;
  private final LuaStack stack;

  ProtocolModules(
      Bindings bindings,
      Protocols protocols,
      ProtocolPolicies policies,
      DissectorsTable published,
      CoreFunctions core,
      LuaStack stack) {
    this.bindings = bindings;
    this.dissectors = bindings.dissectors();
    this.protocols = protocols;
    this.events = new ProtocolEvents(bindings);
    this.datagramEvents = new DatagramEvents(bindings);
    this.policies = policies;
    this.published = published;
    this.core = core;
    this.stack = stack;
  }

  /** Publishes the root dissector and what makes each module when it is required. */
  void install() {
    published.register(
        "packet",
        dissector(
            "packet",
            events.packet(dissectors.packet().events()),
            policies.packet(dissectors.packet()),
            core::createPacket));
    preload("protocol/raw", this::raw);
    preload("protocol/ipv4", this::ipv4);
    preload("protocol/ipv6", this::ipv6);
    preload("protocol/icmp", () -> icmp(dissectors.icmp()));
    preload("protocol/icmpv6", () -> icmp(dissectors.icmpv6()));
    preload("protocol/udp", this::udp);
    preload("protocol/udp_connection", this::udpConnection);
    preload("protocol/dns", this::dns);
    preload("protocol/tls", this::tls);
    preload("protocol/tunnel", this::tunnel);
    preload("protocol/tcp", this::tcp);
    preload("protocol/tcp_connection", () -> connection("tcp_connection"));
    preload("protocol/tcp-connection", () -> connection("tcp-connection"));
    preload("protocol/http", this::http);
    preload("protocol/smtp", this::smtp);
  }

  /** Lets every protocol take part, as if a rule file had required all modules. */
  void activateAll() {
    ipv4Dissector();
    ipv6Dissector();
    icmpDissector(dissectors.icmp());
    icmpDissector(dissectors.icmpv6());
    connectionDissector();
    dnsDissector();
    tlsDissector();
    protocols.activate("tunnel");
  }

  private void preload(String name, Supplier<LuaTable> module) {
    LuaTable preload = bindings.runtime().preload();
    preload.rawset(name, Builtin.of(name, all -> module.get()));
  }

  private static LuaTable dissector(
      String name, LuaTable eventTable, LuaTable policyTable, Builtin.Body create) {
    return new JavaDissector(name, eventTable, policyTable, create);
  }

  private LuaTable module(String dissectorName) {
    LuaValue dissector = published.rawget(dissectorName);
    LuaTable module = new LuaTable();
    module.rawset("events", dissector.get("events"));
    module.rawset("create", dissector.get("create"));
    return module;
  }

  private LuaTable raw() {
    LuaTable module = module("packet");
    module.rawset("options", OldDialects.rawOptions(dissectors.packet()));
    return module;
  }

  private void ipv4Dissector() {
    if (protocols.activate("ipv4")) {
      published.register(
          "ipv4",
          dissector(
              "ipv4",
              events.ip("ipv4", dissectors.ipv4().events()),
              policies.ip("ipv4", dissectors.ipv4()),
              all -> bindings.packets().ipValue(dissectors.ipv4().create(frame(all).committed()))));
    }
  }

  private void ipv6Dissector() {
    if (protocols.activate("ipv6")) {
      published.register(
          "ipv6",
          dissector(
              "ipv6",
              events.ip("ipv6", dissectors.ipv6().events()),
              policies.ip("ipv6", dissectors.ipv6()),
              all -> bindings.packets().ipValue(dissectors.ipv6().create(frame(all).committed()))));
    }
  }

  private static PacketValue frame(Varargs all) {
    if (all.arg1() instanceof PacketValue packet) {
      return packet;
    }
    throw Raised.plain("expected 'packet' got '" + all.arg1().typename() + "'");
  }

  private void icmpDissector(IcmpDissector dissector) {
    if (dissector.family() == IcmpFamily.ICMP) {
      ipv4Dissector();
    } else {
      ipv6Dissector();
    }
    String name = dissector.name();
    if (protocols.activate(name)) {
      published.register(
          name,
          dissector(
              name,
              events.icmp(name, dissector.events()),
              policies.application(name),
              all -> {
                int type = init(all, "type", 0);
                int code = init(all, "code", 0);
                return bindings
                    .packets()
                    .icmp(dissector.create(bindings.ipPacket(all.arg1()), type, code));
              }));
    }
  }

  /** Returns a field of the table that the second argument is, if it is one. */
  private static int init(Varargs all, String field, int otherwise) {
    LuaValue init = all.arg(2);
    return init.istable() ? init.get(field).optint(otherwise) : otherwise;
  }

  private void udpDissector() {
    ipv4Dissector();
    if (protocols.activate("udp")) {
      published.register(
          "udp",
          dissector(
              "udp",
              datagramEvents.udp(dissectors.udp().events()),
              policies.udp(dissectors.udp()),
              this::createUdp));
    }
  }

  private LuaValue createUdp(Varargs all) {
    int length = init(all, "length", UdpLayout.HEADER_BYTES);
    if (length < UdpLayout.HEADER_BYTES || length > MAX_UDP_BYTES) {
      throw Raised.plain("invalid udp length");
    }
    UdpPacket udp =
        dissectors.udp().create(bindings.ipPacket(all.arg1()), length - UdpLayout.HEADER_BYTES);
    udp.setSourcePort(init(all, "srcport", 0));
    udp.setDestinationPort(init(all, "dstport", 0));
    udp.setChecksum(init(all, "checksum", 0));
    return bindings.packets().udp(udp);
  }

  private void udpConnectionDissector() {
    udpDissector();
    if (protocols.activate("udp_connection")) {
      published.register(
          "udp_connection",
          dissector(
              "udp_connection",
              datagramEvents.connection(dissectors.udpConnection().events()),
              policies.udpConnection(dissectors.udpConnection()),
              ProtocolModules::noCreate));
    }
  }

  private void dnsDissector() {
    udpConnectionDissector();
    if (protocols.activate("dns")) {
      published.register(
          "dns",
          dissector(
              "dns",
              new DnsRules(bindings).events(dissectors.dns().events()),
              policies.application("dns"),
              ProtocolModules::noCreate));
    }
  }

  private void tlsDissector() {
    connectionDissector();
    if (protocols.activate("tls")) {
      published.register(
          "tls",
          dissector(
              "tls",
              new TlsRules(bindings).events(dissectors.tls()),
              policies.application("tls"),
              ProtocolModules::noCreate));
    }
  }

  private LuaTable tunnel() {
    udpDissector();
    ipv6Dissector();
    protocols.activate("tunnel");
    return new LuaTable();
  }

  private LuaTable tls() {
    tlsDissector();
    return module("tls");
  }

  private LuaTable dns() {
    dnsDissector();
    return module("dns");
  }

  private void tcpDissector() {
    ipv4Dissector();
    if (protocols.activate("tcp")) {
      published.register(
          "tcp",
          dissector(
              "tcp",
              events.tcp(dissectors.tcp().events()),
              policies.tcp(dissectors.tcp()),
              all ->
                  bindings.packets().tcp(dissectors.tcp().create(bindings.ipPacket(all.arg1())))));
    }
  }

  private void connectionDissector() {
    tcpDissector();
    if (protocols.activate("tcp_connection")) {
      LuaTable policyTable = policies.connection(dissectors.tcpConnection());
      publishConnection("tcp_connection", policyTable, false);
      publishConnection("tcp-connection", policyTable, true);
    }
  }

  private void publishConnection(String name, LuaTable policyTable, boolean withStream) {
    LuaTable eventTable = events.connection(name, dissectors.tcpConnection().events(), withStream);
    published.register(name, dissector(name, eventTable, policyTable, ProtocolModules::noCreate));
  }

  private static Varargs noCreate(Varargs all) {
    throw Raised.plain("not implemented");
  }

  /** As releases before 0.4: a statement that installs a dissector, perhaps for one value. */
  private Varargs register(String below, @Nullable String criterion, Varargs all) {
    LuaValue dissector = all.arg(criterion == null ? 1 : 2);
    LuaTable statement = new LuaTable();
    statement.rawset("on", published.rawget(below).get("policies").get("next_dissector"));
    statement.rawset("action", new InstallAction(dissector));
    if (criterion != null) {
      statement.rawset(criterion, all.arg1());
    }
    return bindings.runtime().globals().rawget("haka").get("policy").invoke(statement);
  }

  private LuaTable ipv4() {
    ipv4Dissector();
    LuaTable module = addresses(module("ipv4"));
    Builtin.add(module, "cnx_table", all -> bindings.connectionTable());
    module.rawset("options", OldDialects.ipv4Options(dissectors));
    Builtin.add(module, "register_protocol", all -> register("ipv4", "proto", all));
    Builtin.add(module, "inet_checksum", all -> bindings.checksum());
    Builtin.add(module, "inet_checksum_compute", all -> bindings.checksumOf(all.arg1()));
    return module;
  }

  private LuaTable ipv6() {
    ipv6Dissector();
    return addresses(module("ipv6"));
  }

  private LuaTable icmp(IcmpDissector dissector) {
    icmpDissector(dissector);
    return module(dissector.name());
  }

  private LuaTable udp() {
    udpDissector();
    return module("udp");
  }

  private LuaTable udpConnection() {
    udpConnectionDissector();
    LuaTable module = module("udp_connection");
    module.rawset("helper", stack.flowHelper("udp_flow_dissector"));
    module.rawset("console", FlowConsole.ofUdp(bindings));
    return module;
  }

  private LuaTable tcp() {
    tcpDissector();
    LuaTable module = module("tcp");
    Builtin.add(module, "tcp_stream", all -> bindings.tcpStream());
    Builtin.add(module, "select_next_dissector", all -> register("tcp", null, all));
    return module;
  }

  private LuaTable connection(String name) {
    connectionDissector();
    LuaTable module = module(name);
    module.rawset("helper", stack.flowHelper("tcp_flow_dissector"));
    module.rawset("console", FlowConsole.ofTcp(bindings));
    return module;
  }

  private LuaTable smtp() {
    connectionDissector();
    SmtpModule smtp = new SmtpModule(bindings);
    smtp.expect();
    published.register(
        SmtpDissector.NAME,
        dissector(
            SmtpDissector.NAME,
            smtp.events(),
            new NamedTable("unkown policy"),
            ProtocolModules::noCreate));
    return module(SmtpDissector.NAME);
  }

  private LuaTable http() {
    connectionDissector();
    HttpModule http = new HttpModule(bindings);
    http.expect();
    published.register(
        HttpDissector.NAME,
        dissector(
            HttpDissector.NAME,
            http.events(),
            new NamedTable("unkown policy"),
            ProtocolModules::noCreate));
    return http.module(module(HttpDissector.NAME));
  }

  private LuaTable addresses(LuaTable module) {
    Builtin.add(module, "addr", all -> bindings.address(address(all)));
    Builtin.add(module, "network", all -> bindings.network(network(all)));
    return module;
  }

  private static IpAddress address(Varargs all) {
    LuaValue first = all.arg1();
    if (first.isnil()) {
      throw Raised.plain("invalid parameter");
    }
    if (all.narg() >= 4) {
      return IpAddress.ipv4(all.checkint(1), all.checkint(2), all.checkint(3), all.checkint(4));
    }
    if (first.type() == LuaValue.TNUMBER) {
      return IpAddress.ipv4((int) (long) first.todouble());
    }
    return parse(first.checkjstring());
  }

  private static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? IpAddress.parseIpv6(text) : IpAddress.parseIpv4(text);
  }

  private static IpNetwork network(Varargs all) {
    if (!(all.arg1() instanceof AddressValue value)) {
      if (all.arg1().isnil()) {
        throw Raised.plain("invalid parameter");
      }
      return IpNetwork.parse(all.checkjstring(1));
    }
    IpAddress address = value.address();
    int length = all.checkint(2);
    if (length < 0 || length > address.bitLength()) {
      throw Raised.plain("Invalid IPv" + (address.isIpv6() ? 6 : 4) + " addresss network format");
    }
    return new IpNetwork(address, length);
  }
}
