package dev.tiaki.netfilter.nftables.kernel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a set or map.
 *
 * @param key its values: addresses as {@link java.net.InetAddress}, numbers, names of devices and
 *     hardware addresses as text; several for a concatenation
 * @param end the last key of an interval, included, or null when it is one key
 * @param data what it stands for in a map, or null
 * @param timeout how long it stays, or null: as long as the set says
 * @param expires how long it will still stay, or null; only in answers
 * @param comment or null
 */
public record SetElement(
    List<?> key,
    @Nullable List<?> end,
    @Nullable SetData data,
    @Nullable Duration timeout,
    @Nullable Duration expires,
    @Nullable String comment) {
  /** Returns an element with this key. */
  public static SetElement of(Object... key) {
    return new SetElement(List.of(key), null, null, null, null, null);
  }

  /** Returns all from one value to another, both included; for sets of one field. */
  public static SetElement between(Object first, Object last) {
    return new SetElement(List.of(first), List.of(last), null, null, null, null);
  }

  /** Returns the same up to this key, included. */
  public SetElement upTo(Object... last) {
    return new SetElement(key, List.of(last), data, timeout, expires, comment);
  }

  /** Returns the same with this to stand for. */
  public SetElement to(SetData newData) {
    return new SetElement(key, end, newData, timeout, expires, comment);
  }

  /** Returns the same that goes by itself after this time, in steps of milliseconds. */
  public SetElement lasting(Duration newTimeout) {
    return new SetElement(key, end, data, newTimeout, expires, comment);
  }

  /** Returns the same with a comment of at most 128 octets. */
  public SetElement saying(String newComment) {
    return new SetElement(key, end, data, timeout, expires, newComment);
  }
}
