package dev.tiaki.netfilter.nftables.check;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an expression before any packet comes.
 *
 * @param kind what it is
 * @param type of its values
 * @param bits how long they are; 0 when nobody knows
 * @param value of a constant number, or the lower end of a range, or null
 * @param high the upper end of a range or prefix, or null
 * @param parts of a concatenation, else empty
 */
record Typed(
    Kind kind,
    Datatype type,
    int bits,
    @Nullable BigInteger value,
    @Nullable BigInteger high,
    List<Typed> parts) {
  /** What an expression is. */
  enum Kind {
    /** Known as the packet passes. */
    RUNTIME,
    /** One constant. */
    VALUE,
    /** Constants from one to another. */
    RANGE,
    /** Constants that begin alike. */
    PREFIX,
    /** A set without a name. */
    SET,
    /** A set with a name. */
    REFERENCE,
    /** Side by side. */
    CONCATENATION,
    /** The data of a map. */
    MAP,
    /** A verdict. */
    VERDICT,
    /** Any value. */
    WILDCARD
  }

  static Typed runtime(Datatype type, int bits) {
    return new Typed(Kind.RUNTIME, type, bits, null, null, List.of());
  }

  static Typed value(Datatype type, int bits, @Nullable BigInteger value) {
    return new Typed(Kind.VALUE, type, bits, value, null, List.of());
  }

  static Typed span(Kind kind, Typed like, @Nullable BigInteger low, @Nullable BigInteger high) {
    return new Typed(kind, like.type(), like.bits(), low, high, List.of());
  }

  Typed as(Kind newKind) {
    return new Typed(newKind, type, bits, null, null, parts);
  }

  /** Tells whether it is known before any packet comes. */
  boolean isConstant() {
    return switch (kind) {
      case VALUE, RANGE, PREFIX, SET, REFERENCE, VERDICT, WILDCARD -> true;
      case CONCATENATION -> parts.stream().allMatch(Typed::isConstant);
      case RUNTIME, MAP -> false;
    };
  }

  boolean isSpan() {
    return kind == Kind.RANGE || kind == Kind.PREFIX;
  }
}
