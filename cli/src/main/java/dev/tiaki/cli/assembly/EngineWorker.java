package dev.tiaki.cli.assembly;

import com.sun.management.ThreadMXBean;
import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.inline.ReplayEnforcement;
import dev.tiaki.cli.streams.StreamFolder;
import dev.tiaki.cli.table.TableFeed;
import dev.tiaki.dissector.http.HttpDissector;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.time.NetworkTime;
import dev.tiaki.engine.time.TimerWheel;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.Mailbox;
import dev.tiaki.engine.worker.PacketReceiver;
import dev.tiaki.engine.worker.Worker;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.haka.RuleEntry;
import dev.tiaki.lua.interactive.InteractiveSession;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker with all that belongs to it: its clock, packets, dissectors, rules, and its way to the
 * outputs. Everything is called on one thread, but {@link #stop}.
 */
public final class EngineWorker {
  /** Often enough for people, and nothing beside the packets of a tenth of a second. */
  private static final long PUBLISH_NANOS = 100_000_000L;

  /** A replay's time may stand still while packets pass. */
  private static final int PUBLISH_PACKETS_MASK = (1 << 12) - 1;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final WorkerContext context;
  private final Chain chain;
  private final RunOutputs outputs;
  private final SharedState shared;
  private volatile WorkerRules rules;
  private ListenerScope attached;
  private long ruleLoads;
  private final Worker worker;
  private final Mailbox mailbox = new Mailbox();
  private volatile WorkerSnapshot snapshot = WorkerSnapshot.NONE;
  private long steps;
  private final LogSection packetLog;
  private final RunSettings settings;
  private final @Nullable EveRecorder eve;
  private final @Nullable StreamTap streams;
  private final DropNotes drops = new DropNotes();

  /**
   * Puts a worker together; no rule is loaded yet.
   *
   * @param number the worker's number, from 0
   * @param shared what all workers of the run share
   */
  public EngineWorker(int number, RunSettings settings, RunOutputs outputs, SharedState shared) {
    this(number, settings, outputs, shared, WorkerEdge.NONE);
  }

  /** As the other constructor, for a worker with something around it. */
  public EngineWorker(
      int number, RunSettings settings, RunOutputs outputs, SharedState shared, WorkerEdge edge) {
    this.settings = settings;
    this.outputs = outputs;
    this.shared = shared;
    LogSections log = new LogSections(outputs.log());
    settings.logLevels().applyTo(log);
    packetLog = log.section("packet");
    Counters counters = new Counters();
    PacketOutput tally = new VerdictTally(counters, packetLog, outputs.packets(), drops);
    PacketOutput verdicts =
        edge == WorkerEdge.NONE ? tally : new ForkedOutput(tally, edge.output(counters));
    AlertFork alerts = new AlertFork(outputs.alerts());
    context =
        new WorkerContext(
            number,
            settings.mode(),
            settings.onRuleError(),
            new NetworkTime(),
            new TimerWheel(),
            new PacketPool(verdicts),
            log,
            alerts,
            shared.alertIds(),
            counters,
            settings.has(RunFeature.PASS_MALFORMED));
    chain = Chain.create(context, settings, edge.adapt(settings.tcp()));
    chain.connections().setEnforcement(edge.enforcement());
    chain.datagrams().setEnforcement(edge.enforcement());
    keepTable(outputs.connections());
    eve = outputs.eve() == null ? null : new EveRecorder(outputs.eve(), context);
    alerts.second = eve;
    streams = tap(outputs.streams(), number);
    drops.listen(chain);
    if (outputs.explain() != null) {
      drops.tell(new DropText(outputs.explain(), settings.mode().enforcing()));
    }
    if (eve != null) {
      drops.tell(eve);
    }
    listen();
    attached = ListenerScope.open();
    rules = WorkerRules.create(context, chain, settings, outputs, shared);
    attached.close();
    worker = new Worker(context, receiver(), shared.engineErrors(), this::between);
    drops.setRunning(() -> rules.running());
  }

  private static final class AlertFork implements AlertSink {
    private final AlertSink first;
    private @Nullable AlertSink second;

    AlertFork(AlertSink first) {
      this.first = first;
    }

    @Override
    public void post(Alert alert) {
      first.post(alert);
      if (second != null) {
        second.post(alert);
      }
    }
  }

  /** Before anything else listens: the kernel too sees packets before rules do. */
  private void keepTable(@Nullable ReplayConntrack table) {
    if (table != null) {
      TableFeed.connect(table, chain.ipv4().events());
      TableFeed.connect(table, chain.ipv6().events());
      ReplayEnforcement enforcement = new ReplayEnforcement(table, MarkPlan.DEFAULT);
      chain.connections().setEnforcement(enforcement);
      chain.datagrams().setEnforcement(enforcement);
    }
  }

  private @Nullable StreamTap tap(@Nullable StreamFolder folder, int number) {
    return folder == null ? null : new StreamTap(folder.writer(number, settings.workers()));
  }

  /** Before the rules listen, so that their verdicts do not hide anything. */
  private void listen() {
    if (settings.has(RunFeature.DETECT_HTTP)) {
      chain.http().detect(chain.connections());
    }
    if (streams != null) {
      chain.connections().setObservers(streams);
      StreamTap tap = streams;
      chain.tcp().events().receivePacket().add(tap::packet);
      chain.connections().events().newConnection().add(tap::opened);
    }
    if (eve != null) {
      EveRecorder records = eve;
      chain.connections().events().newConnection().add((flow, tcp) -> records.opened(flow));
      chain.connections().events().receivePacket().add(records::seen);
      chain.connections().events().endConnection().add(records::ended);
      chain.connections().applications().expect(HttpDissector.PORT, HttpDissector.NAME);
      chain.http().events().exchange().add(records::exchanged);
      records.listen(chain);
    }
  }

  private PacketReceiver receiver() {
    PacketReceiver logged =
        packet -> {
          if (packetLog.isDebugEnabled()) {
            packetLog.debug("received packet id=" + packet.number());
          }
          chain.root().receive(packet);
        };
    if (eve == null) {
      return logged;
    }
    EveRecorder records = eve;
    return packet -> {
      records.begin(packet);
      try {
        logged.receive(packet);
      } finally {
        records.end(packet);
      }
    };
  }

  /**
   * Loads the rule files.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when one cannot be loaded
   */
  public void loadRules() {
    ListenerScope scope = ListenerScope.open();
    try {
      rules.load(settings.rules());
    } finally {
      scope.close();
      attached = attached.with(scope);
    }
  }

  /**
   * Puts the rule files, read anew, in place of those that run. Connections keep what is known
   * about them; the new rules see them from the next packet on. Between two packets.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when one cannot be loaded; the old rules go on
   */
  public void reloadRules() {
    WorkerRules before = rules;
    ListenerScope attachedBefore = attached;
    attachedBefore.withdraw();
    ListenerScope scope = ListenerScope.open();
    try {
      WorkerRules fresh = WorkerRules.create(context, chain, settings, outputs, shared);
      fresh.load(settings.rules());
      rules = fresh;
      ruleLoads++;
      attached = scope;
    } finally {
      scope.close();
      if (rules == before) {
        scope.withdraw();
        attachedBefore.restore();
      }
    }
    before.close();
    before.closed();
    rules.started();
  }

  /** Logs how many rules there are, as Haka does. */
  void logSummary() {
    rules.logSummary();
  }

  /** Begins a session of Lua that somebody types; on the worker's thread. */
  public InteractiveSession openConsole() {
    return rules.openConsole();
  }

  /** Returns how often rule files were put in place of others; on the worker's thread. */
  public long ruleLoads() {
    return ruleLoads;
  }

  /** Tells rules that packets are about to come. */
  public void start() {
    rules.started();
  }

  /** Says which capture the next packets are from. */
  public void beginCapture(String name, int rank) {
    CapturePlace place = new CapturePlace(name, rank);
    if (!settings.keepFlows()) {
      // another capture may be older than the one before it
      context.time().restart();
      context.timers().restart();
    }
    if (eve != null) {
      eve.beginCapture(place);
    }
    if (streams != null) {
      streams.beginCapture(place);
    }
  }

  /**
   * Processes everything that {@code source} gives.
   *
   * @throws IOException when the source is broken; everything before the break was processed
   */
  public void run(FrameSource source) throws IOException {
    worker.run(source);
  }

  /** Returns a packet to fill, for {@link #process(Packet)}. */
  public Packet acquire() {
    return context.packets().acquire();
  }

  /** Processes one packet. */
  public void process(Packet packet) {
    worker.process(packet);
  }

  /** Lets time pass without a packet: what is due at {@code nowNanos} happens. */
  public void idle(long nowNanos) {
    worker.idle(nowNanos);
  }

  /** After each packet, and each time that passed without one. */
  private void between() {
    mailbox.work();
    long now = context.time().nanos();
    if (now - snapshot.timeNanos() >= PUBLISH_NANOS || (++steps & PUBLISH_PACKETS_MASK) == 0) {
      publish(now);
    }
  }

  private void publish(long now) {
    snapshot =
        new WorkerSnapshot(
            now,
            chain.connections().connections(),
            chain.datagrams().connections(),
            chain.connections().heldBytes(),
            Math.max(0, THREADS.getCurrentThreadAllocatedBytes()));
  }

  /** Returns what other threads have this worker do between two packets; any thread. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** Returns what the worker said about itself last; any thread. */
  public WorkerSnapshot snapshot() {
    return snapshot;
  }

  /** Returns the rules that run, the first registered first; any thread. */
  public List<RuleEntry> ruleEntries() {
    return rules.entries();
  }

  /** Returns the protocols of this worker. */
  public Chain chain() {
    return chain;
  }

  /** Returns what the parts of this worker share. */
  public WorkerContext context() {
    return context;
  }

  /** Returns which rule is running, on which packet and connection. */
  public AlertContext situation() {
    return rules.situation();
  }

  /** Processes the frames of {@code batch}. */
  void process(FrameBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      Packet packet = context.packets().acquire();
      batch.copyTo(i, packet);
      worker.process(packet);
    }
  }

  /** Ends every connection that is open, and gives up waiting fragments. */
  public void endFlows() {
    if (eve != null) {
      eve.endsCapture();
    }
    chain.root().finish();
    chain.connections().finish();
    chain.datagrams().finish();
    if (streams != null) {
      streams.endFlows();
    }
    context.packets().reclaim();
  }

  /** Tells rules that nothing follows, after the flows have ended; no request is taken any more. */
  public void close() {
    mailbox.close();
    publish(context.time().nanos());
    rules.close();
  }

  /** Ends what rules keep running, after the rules were told and the flows have ended. */
  public void finishRules() {
    rules.closed();
  }

  /** Ends {@link #run} after the current packet; may be called by any thread. */
  public void stop() {
    worker.stop();
  }

  /** Returns what was counted. */
  public Counters counters() {
    return context.counters();
  }

  /** Returns the rules. */
  WorkerRules rules() {
    return rules;
  }

  /** Returns the log of this worker. */
  LogSections log() {
    return context.log();
  }

  /** Returns the worker's time, nanoseconds since the Unix epoch. */
  long nanos() {
    return context.time().nanos();
  }
}
