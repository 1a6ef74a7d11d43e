package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the API answers.
 *
 * @param json the object
 * @param exitStatus 0 for success, 1 for an error
 */
public record Answer(ObjectNode json, int exitStatus) {
  static Answer of(ObjectNode json) {
    return new Answer(json, 0);
  }

  /** Tells whether it worked. */
  public boolean isSuccess() {
    return exitStatus == 0;
  }
}
