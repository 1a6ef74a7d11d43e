package dev.tiaki.cli.control.metrics;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.WorkerSnapshot;
import dev.tiaki.cli.control.view.QueueRow;
import dev.tiaki.cli.control.view.RuleRow;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.engine.worker.Counter;
import java.util.Locale;

/** Everything about a run that Prometheus can follow. */
public final class MetricsPage {
  /** The media type of the page. */
  public static final String CONTENT_TYPE = Exposition.CONTENT_TYPE;

  private static final String VERDICT = "verdicts.";
  private static final String DROPPED = "verdicts.dropped.";

  private final Subject subject;

  /** Makes the page of a run. */
  public MetricsPage(Subject subject) {
    this.subject = subject;
  }

  /** Returns the page as it is now; stops no worker. */
  public String text() {
    Exposition page = new Exposition();
    page.gauge("tiaki_build_info", "The program's version.", 1, "version", subject.version());
    page.gauge(
        "tiaki_start_time_seconds",
        "When the program began, in seconds since 1970.",
        subject.started().toEpochMilli() / 1000.0);
    page.gauge("tiaki_enforcing", "Whether verdicts are carried out.", subject.enforcing() ? 1 : 0);
    for (EngineWorker worker : subject.engine().workers()) {
      worker(page, worker);
    }
    for (QueueRow queue : QueueRow.all(subject.queues())) {
      queue(page, queue);
    }
    for (RuleRow rule : RuleRow.all(subject.engine())) {
      rule(page, rule);
    }
    VirtualMachine.addTo(page);
    return page.toString();
  }

  private static void worker(Exposition page, EngineWorker worker) {
    String number = Integer.toString(worker.context().number());
    WorkerSnapshot snapshot = worker.snapshot();
    String flows = "tiaki_flows";
    String followed = "Flows that are followed at the moment.";
    page.gauge(flows, followed, snapshot.tcpFlows(), "worker", number, "protocol", "tcp");
    page.gauge(flows, followed, snapshot.udpFlows(), "worker", number, "protocol", "udp");
    page.gauge(
        "tiaki_stream_held_bytes",
        "Memory that data of streams takes which waits or may be needed again.",
        snapshot.heldBytes(),
        "worker",
        number);
    page.gauge(
        "tiaki_worker_clock_seconds",
        "The worker's clock, in seconds since 1970; it stands when the worker does.",
        snapshot.timeNanos() / 1e9,
        "worker",
        number);
    page.counter(
        "tiaki_worker_allocated_bytes_total",
        "Memory that the worker and its Lua rules have asked for.",
        snapshot.allocatedBytes(),
        "worker",
        number);
    for (Counter counter : worker.counters().all()) {
      counter(page, counter, number);
    }
  }

  private static void counter(Exposition page, Counter counter, String worker) {
    String name = counter.name();
    if (name.startsWith(DROPPED)) {
      page.counter(
          "tiaki_dropped_packets_total",
          "Packets that were dropped, by reason; while observing, that would have been.",
          counter.value(),
          "worker",
          worker,
          "reason",
          name.substring(DROPPED.length()));
    } else if (name.startsWith(VERDICT)) {
      page.counter(
          "tiaki_%s_packets_total".formatted(name.substring(VERDICT.length())),
          "Packets that were %s.".formatted(counter.description().replace("of them ", "")),
          counter.value(),
          "worker",
          worker);
    } else {
      page.counter(
          metricName(name),
          "%s: %s.".formatted(name, counter.description()),
          counter.value(),
          "worker",
          worker);
    }
  }

  /** Returns a counter's name as Prometheus wants it: {@code tcp.sentBytes.notKept} and so on. */
  static String metricName(String counter) {
    String words =
        counter.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toLowerCase(Locale.ROOT);
    return "tiaki_" + words.replaceAll("[^a-z0-9_]", "_") + "_total";
  }

  private static void queue(Exposition page, QueueRow queue) {
    String number = Integer.toString(queue.number());
    page.gauge(
        "tiaki_queue_waiting_packets",
        "Packets that wait in the kernel's queue for a verdict.",
        queue.waiting(),
        "queue",
        number);
    page.counter(
        "tiaki_queue_full_packets_total",
        "Packets that found the kernel's queue full: no rule saw them.",
        queue.full(),
        "queue",
        number);
    page.counter(
        "tiaki_queue_lost_packets_total",
        "Packets that did not fit into the worker's memory for them: no rule saw them.",
        queue.lost(),
        "queue",
        number);
    page.counter(
        "tiaki_queue_packets_total",
        "Packets that the kernel queued.",
        queue.total(),
        "queue",
        number);
  }

  private static void rule(Exposition page, RuleRow rule) {
    String[] labels = {
      "rule",
      rule.name() == null ? "" : rule.name(),
      "location",
      rule.location() == null ? "" : rule.location(),
      "event",
      rule.event(),
      "id",
      Integer.toString(rule.id())
    };
    page.counter("tiaki_rule_hits_total", "How often a rule ran.", rule.hits(), labels);
    page.counter("tiaki_rule_errors_total", "How often a rule failed.", rule.errors(), labels);
    page.counter("tiaki_rule_seconds_total", "The time that a rule took.", rule.seconds(), labels);
    page.gauge("tiaki_rule_enabled", "Whether a rule runs.", rule.enabled() ? 1 : 0, labels);
  }
}
