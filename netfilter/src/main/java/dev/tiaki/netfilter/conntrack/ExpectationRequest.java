package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.Netlink;

/** Writes the requests about expectations. */
final class ExpectationRequest {
  static final int MASTER = 1;
  static final int TUPLE = 2;
  static final int MASK = 3;
  static final int TIMEOUT = 4;
  static final int ID = 5;
  static final int HELPER = 6;
  static final int ZONE = 7;
  static final int FLAGS = 8;
  static final int CLASS = 9;

  private static final int ASK = Netlink.REQUEST | Netlink.ACK;

  private ExpectationRequest() {}

  private static void begin(MessageWriter writer, int message, int flags, int family) {
    writer.begin(CtAttribute.SUBSYSTEM_EXPECT | message, flags).netfilter(family, 0, 0);
  }

  static void dump(MessageWriter writer) {
    begin(writer, CtAttribute.MESSAGE_GET, Netlink.REQUEST | Netlink.DUMP, 0);
    writer.end();
  }

  static void create(MessageWriter writer, Expectation expectation) {
    begin(
        writer,
        CtAttribute.MESSAGE_NEW,
        ASK | Netlink.CREATE | Netlink.EXCLUSIVE,
        expectation.tuple().family().number());
    TupleCodec.write(writer, MASTER, expectation.master());
    TupleCodec.write(writer, TUPLE, expectation.tuple());
    Tuple mask = expectation.mask();
    if (mask != null) {
      TupleCodec.write(writer, MASK, mask);
    }
    writer.u32(TIMEOUT, expectation.timeoutSeconds());
    zone(writer, expectation.zone());
    writer.u32(FLAGS, expectation.flags()).u32(CLASS, expectation.expectClass());
    String helper = expectation.helper();
    if (helper != null) {
      writer.text(HELPER, helper);
    }
    writer.end();
  }

  private static void zone(MessageWriter writer, int zone) {
    if (zone != 0) {
      writer.u16(ZONE, zone);
    }
  }

  /** The id makes sure that one made anew with the same tuple is not hit. */
  static void delete(MessageWriter writer, Expectation expectation) {
    begin(writer, CtAttribute.MESSAGE_DELETE, ASK, expectation.tuple().family().number());
    TupleCodec.write(writer, TUPLE, expectation.tuple());
    zone(writer, expectation.zone());
    if (expectation.id() != Flow.ABSENT) {
      writer.u32(ID, expectation.id());
    }
    writer.end();
  }

  static void flush(MessageWriter writer) {
    begin(writer, CtAttribute.MESSAGE_DELETE, ASK, 0);
    writer.end();
  }
}
