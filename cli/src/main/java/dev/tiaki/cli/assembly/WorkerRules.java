package dev.tiaki.cli.assembly;

import dev.tiaki.cli.terminal.LocalTerminal;
import dev.tiaki.dissector.packet.ForgedFrames;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.binding.Dissectors;
import dev.tiaki.lua.compile.LuaEngine;
import dev.tiaki.lua.coroutine.SwitchKind;
import dev.tiaki.lua.haka.HakaHost;
import dev.tiaki.lua.haka.HakaModule;
import dev.tiaki.lua.haka.RuleEntry;
import dev.tiaki.lua.interactive.InteractiveSession;
import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.runtime.LuaSettings;
import dev.tiaki.lua.shared.Commons;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The rules of one worker, with the Lua state that they run in. */
final class WorkerRules {
  private final LuaRuntime runtime;
  private final HakaModule haka;
  private final LogSection log;
  private final @Nullable LogLevel slowness;
  private int slowFiles;

  private WorkerRules(
      LuaRuntime runtime, HakaModule haka, LogSection log, @Nullable LogLevel slowness) {
    this.runtime = runtime;
    this.haka = haka;
    this.log = log;
    this.slowness = slowness;
  }

  /** Makes the Lua state of a worker; in a replay every protocol takes part from the start. */
  static WorkerRules create(
      WorkerContext context,
      Chain chain,
      RunSettings settings,
      RunOutputs outputs,
      SharedState shared) {
    LuaRuntime runtime =
        new LuaRuntime(
            new LuaSettings(
                settings.has(RunFeature.DEBUG_LUA) ? LuaEngine.INTERPRETED : LuaEngine.COMPILED,
                SwitchKind.best(),
                settings.limits().rules(),
                settings.sandbox(),
                outputs.standardOutput().asStream(),
                InputStream.nullInputStream()));
    HakaModule haka =
        HakaModule.install(
            runtime,
            context,
            dissectors(context, chain),
            chain.transports(),
            new Host(shared, outputs.colors(), settings.has(RunFeature.DEBUG_LUA)));
    if (!settings.mode().hakaCompatible()) {
      haka.activateAll();
    }
    return new WorkerRules(
        runtime,
        haka,
        context.log().section("lua"),
        context.number() > 0
            ? null // the others say the same
            : settings.mode().hakaCompatible() ? LogLevel.DEBUG : LogLevel.WARN);
  }

  private static Dissectors dissectors(WorkerContext context, Chain chain) {
    return new Dissectors(
        chain.root(),
        new ForgedFrames(context),
        chain.ipv4(),
        chain.ipv6(),
        chain.icmp(),
        chain.icmpv6(),
        chain.udp(),
        chain.datagrams(),
        chain.tunnel(),
        chain.dns(),
        chain.tls(),
        chain.tcp(),
        chain.connections(),
        chain.smtp(),
        chain.http());
  }

  /** What rules may ask of the program. */
  private record Host(SharedState shared, boolean colors, boolean isDebugged) implements HakaHost {
    @Override
    public void exit() {
      shared.stop().run();
    }

    @Override
    public boolean hasColors() {
      return colors;
    }

    @Override
    public @Nullable Terminal terminal() {
      return LocalTerminal.current();
    }

    @Override
    public Commons commons() {
      return shared.commons();
    }
  }

  /**
   * Loads rule files in order.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when one cannot be loaded
   */
  void load(List<Path> files) {
    for (Path file : files) {
      runtime.runFile(file);
    }
    if (slowness != null) {
      interpreted().stream()
          .skip(slowFiles)
          .forEach(file -> log.log(slowness, "interpreted, three to five times slower: " + file));
      slowFiles = interpreted().size();
    }
  }

  /** Returns the files that are interpreted though rules are to be compiled, with the reasons. */
  List<String> interpreted() {
    return runtime.interpretedChunks().stream()
        .map(chunk -> chunk.name() + ": " + chunk.reason().text())
        .toList();
  }

  /** Returns which rule is running, on which packet and connection. */
  AlertContext situation() {
    return haka.situation();
  }

  /** Begins a session of Lua that somebody types; on the worker's thread. */
  InteractiveSession openConsole() {
    return new InteractiveSession(runtime, haka.consoleEnvironment());
  }

  /** Returns the rule or policy that is running, or null. */
  @Nullable DropOrigin running() {
    return haka.running();
  }

  /** Logs how many rules there are, as Haka does. */
  void logSummary() {
    haka.logSummary();
  }

  void started() {
    haka.started();
  }

  void close() {
    log.debug("closing state");
    haka.exiting();
  }

  void closed() {
    haka.closed();
  }

  List<RuleEntry> entries() {
    return haka.rules().rules();
  }

  List<RuleCheck.Rule> rules() {
    return haka.rules().rules().stream()
        .map(rule ->
            new RuleCheck.Rule(
                rule.event(),
                rule.name(),
                rule.location() == null ? "(unknown place)" : rule.location()))
        .toList();
  }

  /** Returns the names of the dissectors, sorted. */
  List<String> dissectors() {
    return published().stream().map(LuaValue::tojstring).sorted().toList();
  }

  /** Returns the names of all events, {@code dissector:event}, sorted. */
  List<String> events() {
    List<String> events = new ArrayList<>();
    for (LuaValue dissector : published()) {
      LuaTable table = table(haka("dissectors").get(dissector), "events");
      for (LuaValue event : table.keys()) {
        events.add(dissector.tojstring() + ":" + event.tojstring());
      }
    }
    Collections.sort(events);
    return events;
  }

  private List<LuaValue> published() {
    return List.of(((LuaTable) haka("dissectors")).keys());
  }

  private LuaValue haka(String field) {
    return runtime.globals().rawget("haka").get(field);
  }

  private static LuaTable table(LuaValue of, String field) {
    return of.get(field).opttable(new LuaTable());
  }
}
