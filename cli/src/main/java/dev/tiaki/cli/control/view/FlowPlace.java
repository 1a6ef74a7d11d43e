package dev.tiaki.cli.control.view;

/**
 * Where a walk over all flows stands.
 *
 * @param worker the rank of the worker, from 0
 * @param udp whether its TCP connections are done
 * @param slot where in that table
 */
record FlowPlace(int worker, boolean udp, int slot) {
  static final FlowPlace START = new FlowPlace(0, false, 0);

  /**
   * Reads a place from its text.
   *
   * @throws IllegalArgumentException when it is none
   */
  static FlowPlace of(String text) {
    if (!text.matches("\\d{1,4}-(tcp|udp)-\\d{1,9}")) {
      throw new IllegalArgumentException("cursor: '" + text + "' was not given by a page before");
    }
    String[] parts = text.split("-", -1);
    return new FlowPlace(
        Integer.parseInt(parts[0]), parts[1].equals("udp"), Integer.parseInt(parts[2]));
  }

  /** Returns the place behind {@code slot}, which is -1 at the end of the table. */
  FlowPlace behind(int next) {
    if (next >= 0) {
      return new FlowPlace(worker, udp, next);
    }
    return udp ? new FlowPlace(worker + 1, false, 0) : new FlowPlace(worker, true, 0);
  }

  @Override
  public String toString() {
    return worker + (udp ? "-udp-" : "-tcp-") + slot;
  }
}
