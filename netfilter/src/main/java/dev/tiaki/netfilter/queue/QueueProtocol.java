package dev.tiaki.netfilter.queue;

/** Numbers of {@code linux/netfilter/nfnetlink_queue.h} and {@code linux/netfilter.h}. */
final class QueueProtocol {
  private static final int SUBSYSTEM = 3 << 8;

  static final int MESSAGE_PACKET = SUBSYSTEM;
  static final int MESSAGE_VERDICT = SUBSYSTEM | 1;
  static final int MESSAGE_CONFIG = SUBSYSTEM | 2;
  static final int MESSAGE_VERDICT_BATCH = SUBSYSTEM | 3;

  /** A packet's attributes, and those of a verdict. */
  static final int PACKET_HEADER = 1;

  static final int VERDICT_HEADER = 2;
  static final int MARK = 3;
  static final int DEVICE_IN = 5;
  static final int DEVICE_OUT = 6;
  static final int PAYLOAD = 10;
  static final int CONNTRACK = 11;
  static final int CAPPED_LENGTH = 13;
  static final int PACKET_INFO = 14;

  /** Bits of {@link #PACKET_INFO}. */
  static final int CHECKSUM_NOT_READY = 1;

  static final int GSO = 2;

  /** Attributes of {@link #CONNTRACK}. */
  static final int CONNTRACK_MARK = 8;

  static final int CONNTRACK_ID = 12;

  /** Attributes of a configuration. */
  static final int CONFIG_COMMAND = 1;

  static final int CONFIG_PARAMETERS = 2;
  static final int CONFIG_LENGTH = 3;
  static final int CONFIG_MASK = 4;
  static final int CONFIG_FLAGS = 5;

  static final int COMMAND_BIND = 1;
  static final int COMMAND_UNBIND = 2;
  static final int COPY_PACKET = 2;

  static final int FLAG_FAIL_OPEN = 1;
  static final int FLAG_CONNTRACK = 2;
  static final int FLAG_GSO = 4;

  static final int DROP = 0;
  static final int ACCEPT = 1;
  static final int REPEAT = 4;

  private QueueProtocol() {}
}
