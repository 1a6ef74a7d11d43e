package dev.tiaki.netfilter.nftables.rule;

import java.util.HashMap;
import java.util.Map;

/** The spellings of all constants of a type, so that reading need not go through them. */
final class Words {
  static final ClassValue<Map<String, Word>> OF_TYPE =
      new ClassValue<>() {
        @Override
        protected Map<String, Word> computeValue(Class<?> type) {
          Map<String, Word> words = new HashMap<>();
          for (Object constant : type.getEnumConstants()) {
            Word word = (Word) constant;
            words.put(word.word(), word);
          }
          return words;
        }
      };

  private Words() {}
}
