package dev.tiaki.cli.control.view;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.flow.FlowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The flows of one protocol of one worker, which looks through a small part of its table between
 * two packets, again and again: packets wait for some ten microseconds however many flows there
 * are.
 *
 * @param worker whose they are
 * @param table walks over a part of the table
 * @param number what tells a flow from the worker's others
 * @param row shows a flow
 */
record WorkerFlows<F extends FlowEntry>(
    EngineWorker worker, Table<F> table, ToLongFunction<F> number, Function<F, FlowRow> row) {
  private static final int SLOTS_PER_TASK = 512;

  /** Walks over a part of a table, as {@link dev.tiaki.engine.flow.FlowTable#scan} says. */
  @FunctionalInterface
  interface Table<F> {
    int scan(int from, int count, Predicate<F> action);
  }

  static WorkerFlows<TcpFlow> tcp(EngineWorker worker) {
    int number = worker.context().number();
    return new WorkerFlows<>(
        worker, worker.chain().connections()::scan, TcpFlow::id, flow -> FlowRow.of(number, flow));
  }

  static WorkerFlows<UdpFlow> udp(EngineWorker worker) {
    int number = worker.context().number();
    return new WorkerFlows<>(
        worker, worker.chain().datagrams()::scan, UdpFlow::id, flow -> FlowRow.of(number, flow));
  }

  /**
   * Looks through a part of the table.
   *
   * @param room so many rows are taken at most
   * @return the rows, and where the next part begins, -1 at the end
   */
  Part part(int from, FlowFilter filter, int room) throws Exception {
    return Subject.ask(
        worker,
        () -> {
          List<FlowRow> found = new ArrayList<>();
          int next =
              table.scan(
                  from,
                  SLOTS_PER_TASK,
                  flow -> {
                    FlowKey key = flow.key();
                    if (filter.matchesEnds(
                        key.source(), key.sourcePort(), key.destination(), key.destinationPort())) {
                      FlowRow shown = row.apply(flow);
                      if (filter.matchesRest(shown)) {
                        found.add(shown);
                      }
                    }
                    return found.size() < room;
                  });
          return new Part(found, next);
        });
  }

  /** What was found in a part of the table, and where the next one begins. */
  record Part(List<FlowRow> rows, int next) {}

  /** Does {@code action} to the flow with this number and shows it as it is then. */
  Optional<FlowRow> at(long wanted, Consumer<F> action) throws Exception {
    int slot = 0;
    while (slot >= 0) {
      int from = slot;
      List<FlowRow> found = new ArrayList<>(1);
      slot =
          Subject.ask(
              worker,
              () -> {
                List<F> met = new ArrayList<>(1);
                int next =
                    table.scan(
                        from,
                        SLOTS_PER_TASK,
                        flow -> number.applyAsLong(flow) != wanted || !met.add(flow));
                for (F flow : met) {
                  action.accept(flow); // behind the walk, during which the table must not change
                  found.add(row.apply(flow));
                }
                return next;
              });
      if (!found.isEmpty()) {
        return Optional.of(found.getFirst());
      }
    }
    return Optional.empty();
  }
}
