package dev.tiaki.netfilter.nftables.rule;

/** What a limit counts. */
public enum LimitUnit implements Word {
  /** Packets. */
  PACKETS("packets"),
  /** Octets. */
  BYTES("bytes"),
  /** 1024 octets. */
  KBYTES("kbytes"),
  /** 1048576 octets. */
  MBYTES("mbytes");

  private final String word;

  LimitUnit(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
