package dev.tiaki.cli.control.view;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The flows of all workers. What comes or goes while a list is made may be missing from it, as from
 * the kernel's own table; nothing is in one page twice.
 */
public final class Flows {
  private final RunningEngine engine;

  /** Makes a view of the flows of {@code engine}. */
  public Flows(RunningEngine engine) {
    this.engine = engine;
  }

  /**
   * Returns flows that are wanted.
   *
   * @param limit so many at most
   * @param cursor what the page before said, or null for the first page
   * @throws IllegalArgumentException when no page said that
   * @throws Exception when a worker does not answer
   */
  public FlowPage page(FlowFilter filter, int limit, @Nullable String cursor) throws Exception {
    FlowPlace place = cursor == null ? FlowPlace.START : FlowPlace.of(cursor);
    List<EngineWorker> workers = engine.workers();
    List<FlowRow> rows = new ArrayList<>();
    Set<String> met = new HashSet<>();
    while (place.worker() < workers.size() && rows.size() < limit) {
      if (!filter.mayBe(place.udp() ? "udp" : "tcp")) {
        place = place.behind(-1);
        continue;
      }
      EngineWorker worker = workers.get(place.worker());
      WorkerFlows<?> table = place.udp() ? WorkerFlows.udp(worker) : WorkerFlows.tcp(worker);
      WorkerFlows.Part part = table.part(place.slot(), filter, limit - rows.size());
      for (FlowRow row : part.rows()) {
        if (met.add(row.id())) {
          rows.add(row);
        }
      }
      place = place.behind(part.next());
    }
    return new FlowPage(rows, place.worker() < workers.size() ? place.toString() : null);
  }

  /**
   * Returns one flow.
   *
   * @throws Exception when its worker does not answer
   */
  public Optional<FlowRow> one(String id) throws Exception {
    return at(id, tcp -> {}, udp -> {});
  }

  /**
   * Does something to one flow and returns it as it is then.
   *
   * @throws IllegalStateException when that is not possible with this flow now
   * @throws Exception when its worker does not answer
   */
  public Optional<FlowRow> act(String id, FlowAction action) throws Exception {
    return at(id, action::of, action::of);
  }

  private Optional<FlowRow> at(String id, Consumer<TcpFlow> onTcp, Consumer<UdpFlow> onUdp)
      throws Exception {
    FlowName name = FlowName.of(id);
    if (name == null) {
      return Optional.empty();
    }
    for (EngineWorker worker : engine.workers()) {
      if (worker.context().number() == name.worker()) {
        return name.udp()
            ? WorkerFlows.udp(worker).at(name.number(), onUdp)
            : WorkerFlows.tcp(worker).at(name.number(), onTcp);
      }
    }
    return Optional.empty();
  }
}
