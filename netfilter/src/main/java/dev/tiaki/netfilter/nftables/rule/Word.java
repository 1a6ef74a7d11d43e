package dev.tiaki.netfilter.nftables.rule;

import org.jspecify.annotations.Nullable;

/** A constant that has one spelling in nftables. */
public interface Word {
  /** Returns the spelling, as the JSON schema has it. */
  String word();

  /** Returns the constant of {@code type} that is spelled {@code word}, or null. */
  static <E extends Enum<E> & Word> @Nullable E find(Class<E> type, String word) {
    Object constant = Words.OF_TYPE.get(type).get(word);
    return constant == null ? null : type.cast(constant);
  }
}
