package dev.tiaki.netfilter.nftables.rule;

/** Units of a quota: a kbyte is 1024 octets, an mbyte 1024 kbytes. */
public enum QuotaUnit implements Word {
  /** Octets. */
  BYTES("bytes"),
  /** 1024 octets. */
  KBYTES("kbytes"),
  /** 1048576 octets. */
  MBYTES("mbytes");

  private final String word;

  QuotaUnit(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
