package dev.tiaki.netfilter.nftables.json;

import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.Word;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Selectors as JSON: each is one property. */
final class SelectorWriter {
  private final JsonOutput out;
  private final ExpressionWriter expressions;

  SelectorWriter(JsonOutput out, ExpressionWriter expressions) {
    this.out = out;
    this.expressions = expressions;
  }

  void write(Selector selector) throws IOException {
    switch (selector) {
      case Selector.Payload payload -> payload(payload);
      case Selector.RawPayload raw -> {
        out.open("payload");
        out.word("base", raw.base());
        place(raw.offsetBits(), raw.lengthBits());
      }
      case Selector.Meta(var key) -> keyed("meta", key);
      case Selector.Ct(var key, var direction) -> {
        keyed("ct", key);
        out.word("dir", direction);
      }
      case Selector.ExtensionHeader(String header, String field, Integer offset) -> {
        named("exthdr", header, field);
        out.number("offset", offset);
      }
      case Selector.TcpOption(String option, String field) -> named("tcp option", option, field);
      case Selector.RawTcpOption raw -> {
        out.open("tcp option");
        out.number("base", raw.kind());
        place(raw.offsetBits(), raw.lengthBits());
      }
      case Selector.IpOption(String option, String field) -> named("ip option", option, field);
      case Selector.SctpChunk(String chunk, String field) -> named("sctp chunk", chunk, field);
      case Selector.DccpOption(int type) -> {
        out.open("dccp option");
        out.number("type", type);
      }
      case Selector.Route(var key, var family) -> {
        keyed("rt", key);
        out.word("family", family);
      }
      case Selector.NumberGenerator(var mode, long modulus, long offset) -> {
        out.open("numgen");
        out.word("mode", mode);
        out.number("mod", modulus);
        out.number("offset", offset);
      }
      case Selector.JenkinsHash hash -> jenkinsHash(hash);
      case Selector.SymmetricHash(long modulus, long offset) -> {
        out.open("symhash");
        out.number("mod", modulus);
        out.number("offset", offset == 0 ? null : offset);
      }
      case Selector.Fib(var result, var flags) -> {
        out.open("fib");
        out.word("result", result);
        out.words("flags", flags);
      }
      case Selector.Socket(var key) -> keyed("socket", key);
      case Selector.OsFingerprint(var key, var ttl) -> {
        keyed("osf", key);
        out.word("ttl", ttl);
      }
      case Selector.Ipsec ipsec -> ipsec(ipsec);
      case Selector.Tunnel(var key) -> keyed("tunnel", key);
    }
    out.close();
  }

  private void keyed(String kind, Word key) throws IOException {
    out.open(kind);
    out.word("key", key);
  }

  private void payload(Selector.Payload payload) throws IOException {
    out.open("payload");
    out.text("tunnel", payload.tunnel());
    out.text("protocol", payload.protocol());
    out.text("field", payload.field());
  }

  private void place(int offsetBits, int lengthBits) throws IOException {
    out.number("offset", offsetBits);
    out.number("len", lengthBits);
  }

  private void named(String kind, String name, @Nullable String field) throws IOException {
    out.open(kind);
    out.text("name", name);
    out.text("field", field);
  }

  private void jenkinsHash(Selector.JenkinsHash hash) throws IOException {
    out.open("jhash");
    out.number("mod", hash.modulus());
    out.number("seed", hash.seed());
    out.number("offset", hash.offset() == 0 ? null : hash.offset());
    expressions.property("expr", hash.expression());
  }

  private void ipsec(Selector.Ipsec ipsec) throws IOException {
    out.open("ipsec");
    out.word("key", ipsec.key());
    out.word("family", ipsec.family());
    out.word("dir", ipsec.direction());
    out.number("spnum", ipsec.number());
  }
}
