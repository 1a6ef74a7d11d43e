package dev.tiaki.lua.haka;

import dev.tiaki.dissector.ip.TransportDissectors;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.Dissectors;
import dev.tiaki.lua.debugger.LuaDebugger;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The {@code haka} module of one Lua state: everything that rules see of the engine. To be
 * installed before the first rule file runs.
 */
public final class HakaModule {
  /** What Haka's {@code tcp_connection} listens to by a rule of its own, which it counts. */
  private static final String[] OWN_LISTENERS = {"tcp_connection:new_connection"};

  private final Bindings bindings;
  private final RuleRegistry rules;
  private final EventObject started = EventObject.plain("started");
  private final EventObject exiting = EventObject.plain("exiting");
  private final ProtocolModules modules;
  private final TextModules texts;
  private final LogFunctions logging;
  private final Situation situation;
  private final LogSection core;
  private final LogSection lua;
  private final StateMachines stateMachines;
  private final ConsoleEnvironment console;
  private final TiakiTable tiaki;
  private final LuaDebugger debugger;
  private final DissectorsTable published;

  private HakaModule(
      LuaRuntime runtime, Bindings bindings, TransportDissectors transports, HakaHost host) {
    this.bindings = bindings;
    situation = new Situation(new RuleReports(bindings.context()));
    bindings.setActionGate(situation::allows);
    bindings.setRulePlace(situation::place);
    LogSections sections = bindings.context().log();
    core = sections.section("core");
    lua = sections.section("lua");
    rules = new RuleRegistry(host.commons().switches().join(bindings.context().number()));
    LuaTable haka = new LuaTable();
    logging = new LogFunctions(runtime, sections);
    logging.addTo(haka);
    AlertFunctions alerts = new AlertFunctions(bindings, situation);
    alerts.addTo(haka);
    LuaResources resources = LuaResources.install(runtime, host.hasColors());
    RuleFunctions ruleFunctions = new RuleFunctions(runtime, situation, rules, core);
    ruleFunctions.addTo(haka);
    PolicyFunctions policies = new PolicyFunctions(runtime, alerts, situation, core, resources);
    policies.addTo(haka);
    new ContextTable(sections.section("event"), resources, ruleFunctions).addTo(haka);
    LuaTimers timers = new LuaTimers(runtime, bindings.context());
    stateMachines = new StateMachines(runtime, lua, timers, resources);
    stateMachines.addTo(haka);
    CoreFunctions functions = new CoreFunctions(bindings, host);
    functions.addTo(haka);
    haka.rawset("events", ownEvents());
    published =
        new DissectorsTable(sections.section("dissector"), registrations(bindings.context()));
    haka.rawset("dissectors", published);
    new InteractiveFunctions(runtime, host, lua).addTo(haka);
    debugger = new LuaDebugger(runtime, bindings.context().number(), lua);
    new DebuggerFunctions(debugger, host).addTo(runtime);
    LuaStack stack = new LuaStack(bindings, situation, resources, policies, published);
    stack.addTo(haka);
    haka.rawset("console", console(bindings.context()));
    console = new ConsoleEnvironment(runtime, resources, bindings, haka, host, core);
    modules =
        new ProtocolModules(
            bindings,
            new Protocols(bindings.dissectors(), transports),
            new ProtocolPolicies(bindings, policies, stack),
            published,
            functions,
            stack);
    modules.install();
    runtime.globals().rawset("haka", haka);
    runtime.loaded().rawset("haka", haka);
    new NativeFunctions(bindings).addTo(runtime.globals());
    HakaNames.addTo(runtime.globals(), host.hasColors());
    OldDialects.addTo(haka);
    tiaki = new TiakiTable(runtime, bindings.context(), host.commons());
    tiaki.addTo(runtime);
    texts = new TextModules(bindings);
    texts.install(haka);
    if (bindings.context().mode().hakaCompatible()) {
      HakaPrint.replaceIn(runtime.globals());
    }
  }

  /**
   * Puts the module into a Lua state.
   *
   * @param transports where TCP and ICMP are registered when a rule file requires them
   */
  public static HakaModule install(
      LuaRuntime runtime,
      WorkerContext context,
      Dissectors dissectors,
      TransportDissectors transports,
      HakaHost host) {
    runtime.bind();
    Bindings bindings = new Bindings(runtime, context, dissectors);
    return new HakaModule(runtime, bindings, transports, host);
  }

  /** In Haka a rule file asks for each dissector; otherwise all of them are always there. */
  private static LogLevel registrations(WorkerContext context) {
    return context.mode().hakaCompatible() ? LogLevel.INFO : LogLevel.DEBUG;
  }

  private LuaTable ownEvents() {
    LuaTable events = new NamedTable("unkown event");
    events.rawset("started", started);
    events.rawset("exiting", exiting);
    return events;
  }

  private LuaTable console(WorkerContext context) {
    LuaTable console = new LuaTable();
    Builtin.add(console, "rules", all -> ConsoleTables.rules(rules));
    Builtin.add(console, "threads", all -> HakaNames.threads(context));
    Builtin.add(console, "events", all -> ConsoleTables.events(rules));
    return console;
  }

  /** Returns the rules that were registered so far; any thread may look at them. */
  public RuleRegistry rules() {
    return rules;
  }

  /** Returns which rule is running, on which packet and connection. */
  public AlertContext situation() {
    return situation.alertContext();
  }

  /** Returns the rule or policy that is running, or null: who is behind a drop that comes now. */
  public @Nullable DropOrigin running() {
    return situation.running();
  }

  /** Makes what lines that an operator types see beside the globals: {@code console} and so on. */
  public LuaTable consoleEnvironment() {
    return console.make();
  }

  /** Lets every protocol take part, whether a rule file requires its module or not. */
  public void activateAll() {
    modules.activateAll();
  }

  /** Logs how many rules there are; called after the rule files were loaded. */
  public void logSummary() {
    logging.followTracebacks();
    boolean connections = !published.rawget("tcp_connection").isnil();
    rules.logSummary(core, connections ? OWN_LISTENERS : new String[0]);
  }

  /** Signals {@code haka.events.started}; called just before the first packet. */
  public void started() {
    signal(started);
  }

  /** Signals {@code haka.events.exiting}; called after the last packet. */
  public void exiting() {
    signal(exiting);
  }

  /** Finishes the state machines that still run; called after everything else has ended. */
  public void closed() {
    tiaki.close();
    debugger.stop();
    texts.close();
    stateMachines.finishAll();
    bindings.releaseConnections();
  }

  private void signal(EventObject event) {
    try {
      event.signal(LuaValue.NIL);
    } catch (RuleFailure failure) {
      lua.error("lua: " + failure.getMessage());
    } catch (RuleAbort abort) {
      // an abort skips the remaining listeners and is not worth a line
    }
  }
}
