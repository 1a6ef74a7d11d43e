package dev.tiaki.lua.binding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.tls.ClientHello;
import dev.tiaki.dissector.tls.ServerHello;
import dev.tiaki.dissector.tls.TlsCertificates;
import dev.tiaki.dissector.tls.TlsFlow;
import dev.tiaki.dissector.tls.TlsVersions;
import dev.tiaki.engine.rule.RuleAbort;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** TLS on one connection as Lua sees it; what it does not have itself is the connection's. */
public final class TlsObject extends InstanceObject implements Emitter {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "sni",
          "alpn",
          "version",
          "versions",
          "cipher",
          "ciphers",
          "extensions",
          "ja3",
          "ja3_text",
          "ja3s",
          "ja3s_text",
          "ja4",
          "ech",
          "grease",
          "retry",
          "selected_alpn",
          "server_extensions",
          "subject",
          "issuer",
          "certificates",
          "name",
          "flow");
  private static final int SHOWN = 20;
  private static final int NAME = 20;
  private static final int FLOW = 21;
  private static final String TYPE = "tls";

  private final TlsFlow tls;

  private TlsObject(Bindings bindings, TlsFlow tls) {
    super(bindings, bindings.tlsFlows);
    this.tls = tls;
  }

  static InstanceClass describe() {
    InstanceClass type =
        new InstanceClass(TYPE, ATTRIBUTES, SHOWN)
            .action("continue", TlsObject.class, TlsObject::continueOrAbort)
            .method("can_continue", all -> valueOf(self(all, "can_continue").canContinue()))
            .method("parent", all -> self(all, "parent").flowObject());
    for (String method : new String[] {"drop", "reset", "halfreset", "bypass"}) {
      type.method(method, all -> self(all, method).onFlow(method));
    }
    return type;
  }

  private static TlsObject self(Varargs all, String function) {
    return Arg.of(all, 1, TlsObject.class, TYPE, function);
  }

  /** Returns the object of {@code tls}, always the same one. */
  public static TlsObject of(Bindings bindings, TlsFlow tls) {
    if (tls.scriptData() instanceof TlsObject known) {
      return known;
    }
    TlsObject made = new TlsObject(bindings, tls);
    tls.setScriptData(made);
    return made;
  }

  private FlowObject flowObject() {
    return bindings.packets().flow(tls.flow());
  }

  private Varargs onFlow(String method) {
    FlowObject flow = flowObject();
    return flow.get(LuaString.valueOf(method)).invoke(flow);
  }

  private void continueOrAbort() {
    if (!canContinue()) {
      throw RuleAbort.instance();
    }
  }

  @Override
  public boolean canContinue() {
    return tls.flow().canContinue();
  }

  @Override
  LuaValue read(int attribute) {
    if (attribute == NAME) {
      return LuaString.valueOf(TYPE);
    }
    if (attribute == FLOW) {
      return flowObject();
    }
    String name = ATTRIBUTES.name(attribute);
    return switch (name) {
      case "sni",
          "alpn",
          "versions",
          "ciphers",
          "extensions",
          "ja3",
          "ja3_text",
          "ja4",
          "ech",
          "grease" ->
          ofClient(name, tls.clientHello());
      case "version" -> version();
      case "subject", "issuer", "certificates" -> ofCertificates(name, tls.certificates());
      default -> ofServer(name, tls.serverHello());
    };
  }

  private static LuaValue ofClient(String name, @Nullable ClientHello hello) {
    if (hello == null) {
      return NIL;
    }
    return switch (name) {
      case "sni" -> text(hello.serverName());
      case "alpn" -> texts(hello.protocols());
      case "versions" -> numbers(hello.versions());
      case "ciphers" -> numbers(hello.ciphers());
      case "extensions" -> numbers(hello.extensions());
      case "ja3" -> text(hello.ja3());
      case "ja3_text" -> text(hello.ja3Text());
      case "ja4" -> text(hello.ja4());
      case "ech" -> valueOf(hello.encrypted());
      default -> valueOf(hello.hasGrease());
    };
  }

  private static LuaValue ofServer(String name, @Nullable ServerHello hello) {
    if (hello == null) {
      return NIL;
    }
    return switch (name) {
      case "cipher" -> valueOf(hello.cipher());
      case "ja3s" -> text(hello.ja3s());
      case "ja3s_text" -> text(hello.ja3sText());
      case "retry" -> valueOf(hello.retry());
      case "selected_alpn" -> text(hello.protocol());
      default -> numbers(hello.extensions());
    };
  }

  /** The version that the server chose, else the highest that the client offers. */
  private LuaValue version() {
    ServerHello server = tls.serverHello();
    ClientHello client = tls.clientHello();
    if (server != null) {
      return text(TlsVersions.name(server.version()));
    }
    return client == null ? NIL : text(TlsVersions.name(client.version()));
  }

  private static LuaValue ofCertificates(String name, @Nullable TlsCertificates certificates) {
    if (certificates == null) {
      return NIL;
    }
    if (name.equals("certificates")) {
      LuaTable table = new LuaTable();
      certificates
          .encoded()
          .forEach(der -> table.rawset(table.rawlen() + 1, LuaString.valueOf(der)));
      return table;
    }
    X509Certificate own = certificates.own();
    if (own == null) {
      return NIL;
    }
    return valueOf(
        name.equals("subject")
            ? own.getSubjectX500Principal().toString()
            : own.getIssuerX500Principal().toString());
  }

  private static LuaValue text(@Nullable String octets) {
    return octets == null ? NIL : LuaString.valueOf(octets.getBytes(ISO_8859_1));
  }

  private static LuaTable texts(List<String> texts) {
    LuaTable table = new LuaTable();
    texts.forEach(each -> table.rawset(table.rawlen() + 1, text(each)));
    return table;
  }

  private static LuaTable numbers(List<Integer> numbers) {
    LuaTable table = new LuaTable();
    numbers.forEach(each -> table.rawset(table.rawlen() + 1, valueOf(each)));
    return table;
  }

  @Override
  LuaValue readUnknown(LuaValue key) {
    return flowObject().get(key);
  }
}
