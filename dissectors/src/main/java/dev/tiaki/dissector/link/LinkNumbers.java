package dev.tiaki.dissector.link;

/** Link type numbers as constants of the language, for switches. */
final class LinkNumbers {
  static final int NULL = 0;
  static final int ETHERNET = 1;
  static final int ARCNET = 7;
  static final int PPP = 9;
  static final int RAW_DLT12 = 12;
  static final int RAW_DLT14 = 14;
  static final int PPP_HDLC = 50;
  static final int RAW = 101;
  static final int CISCO_HDLC = 104;
  static final int LOOP = 108;
  static final int LINUX_SLL = 113;
  static final int ARCNET_LINUX = 129;
  static final int IPV4 = 228;
  static final int IPV6 = 229;
  static final int NFLOG = 239;
  static final int LINUX_SLL2 = 276;

  /** Linux's device type of netlink monitors, in cooked headers. */
  static final int NETLINK_DEVICE = 824;

  private LinkNumbers() {}
}
