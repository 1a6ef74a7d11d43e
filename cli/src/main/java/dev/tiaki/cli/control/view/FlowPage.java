package dev.tiaki.cli.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the flows that are wanted.
 *
 * @param flows in no particular order
 * @param next what to ask for the next part by, or null when this is the last
 */
public record FlowPage(List<FlowRow> flows, @Nullable String next) {
  /** Keeps its own copy of the list. */
  public FlowPage {
    flows = List.copyOf(flows);
  }
}
