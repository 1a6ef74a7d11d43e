package dev.tiaki.netfilter.conntrack;

/** Message and attribute numbers of {@code linux/netfilter/nfnetlink_conntrack.h}. */
final class CtAttribute {
  static final int SUBSYSTEM = 1 << 8;
  static final int SUBSYSTEM_EXPECT = 2 << 8;

  static final int MESSAGE_NEW = 0;
  static final int MESSAGE_GET = 1;
  static final int MESSAGE_DELETE = 2;
  static final int MESSAGE_GET_AND_ZERO = 3;
  static final int MESSAGE_STATS_CPU = 4;
  static final int MESSAGE_STATS = 5;
  static final int MESSAGE_DYING = 6;

  static final int TUPLE_ORIGINAL = 1;
  static final int TUPLE_REPLY = 2;
  static final int STATUS = 3;
  static final int PROTOCOL_INFO = 4;
  static final int HELP = 5;
  static final int NAT_SOURCE = 6;
  static final int TIMEOUT = 7;
  static final int MARK = 8;
  static final int COUNTERS_ORIGINAL = 9;
  static final int COUNTERS_REPLY = 10;
  static final int USE = 11;
  static final int ID = 12;
  static final int NAT_DESTINATION = 13;
  static final int TUPLE_MASTER = 14;
  static final int ADJUST_ORIGINAL = 15;
  static final int ADJUST_REPLY = 16;
  static final int ZONE = 18;
  static final int SECURITY_CONTEXT = 19;
  static final int TIMESTAMP = 20;
  static final int MARK_MASK = 21;
  static final int LABELS = 22;
  static final int LABELS_MASK = 23;
  static final int SYN_PROXY = 24;
  static final int FILTER = 25;
  static final int STATUS_MASK = 26;

  private CtAttribute() {}
}
