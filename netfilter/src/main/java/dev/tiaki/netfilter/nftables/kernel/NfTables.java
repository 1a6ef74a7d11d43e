package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.nftables.rule.NftFamily;

/** Numbers of nf_tables' messages, from {@code linux/netfilter/nf_tables.h}. */
final class NfTables {
  static final int BATCH_BEGIN = 0x10;
  static final int BATCH_END = 0x11;
  static final int BATCH_GENERATION = 1;

  static final int GET_SET = 0x0a0a;
  static final int NEW_ELEMENTS = 0x0a0c;
  static final int GET_ELEMENTS = 0x0a0d;
  static final int DELETE_ELEMENTS = 0x0a0e;
  static final int NEW_GENERATION = 0x0a0f;
  static final int GET_GENERATION = 0x0a10;
  static final int NEW_OBJECT = 0x0a12;
  static final int GET_OBJECT = 0x0a13;
  static final int GET_OBJECT_RESET = 0x0a15;

  static final int GENERATION_ID = 1;
  static final int GENERATION_PROCESS = 2;
  static final int GENERATION_PROCESS_NAME = 3;

  /** The multicast group of all changes, {@code NFNLGRP_NFTABLES}. */
  static final int GROUP_CHANGES = 7;

  /** The subsystem, as the resource id of a batch. */
  static final int SUBSYSTEM = 10;

  static final int REQUEST_ACK = Netlink.REQUEST | Netlink.ACK;

  private NfTables() {}

  /** Returns the number of a family, {@code linux/netfilter.h}. */
  static int number(NftFamily family) {
    return switch (family) {
      case INET -> 1;
      case IP -> 2;
      case ARP -> 3;
      case NETDEV -> 5;
      case BRIDGE -> 7;
      case IP6 -> 10;
    };
  }

  static MessageWriter begin(MessageWriter writer, int type, int flags, NftFamily family) {
    return writer.begin(type, flags).netfilter(number(family), 0, 0);
  }
}
