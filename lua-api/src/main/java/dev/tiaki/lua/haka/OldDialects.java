package dev.tiaki.lua.haka;

import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.lua.binding.Dissectors;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * What rule files of Haka's releases 0.1 to 0.3 use and 0.4 no longer has. A file shows by what it
 * uses which release it was written for; no switch tells.
 */
final class OldDialects {
  private static final Map<String, String> HOOKS =
      Map.of(
          "ipv4-up", "haka.dissectors.ipv4.events.receive_packet",
          "ipv4-down", "haka.dissectors.ipv4.events.send_packet",
          "tcp-up", "haka.dissectors.tcp.events.receive_packet",
          "tcp-down", "haka.dissectors.tcp.events.send_packet",
          "tcp-connection-new", "haka.dissectors.tcp_connection.events.new_connection",
          "http-request", "haka.dissectors.http.events.request",
          "http-response", "haka.dissectors.http.events.response");

  private OldDialects() {}

  /** Refuses a rule of release 0.1, which named its hooks; the message names the event to use. */
  static void refuseHooks(LuaTable rule) {
    LuaValue hooks = rule.get("hooks");
    if (hooks.isnil()) {
      return;
    }
    LuaValue first = hooks.istable() ? hooks.get(1) : hooks;
    String hook = first.isnil() ? "?" : first.tojstring();
    String event = HOOKS.getOrDefault(hook, "haka.dissectors.<name>.events.<event>");
    throw Raised.at(
        "rules with 'hooks' are those of Haka 0.1; instead of hooks = { '"
            + hook
            + "' } write on = "
            + event);
  }

  /** Adds the functions of 0.1 that only say what to write instead. */
  static void addTo(LuaTable haka) {
    refuse(haka, "on_exit", "a rule on haka.events.exiting");
    refuse(haka, "disable_dissector", "a policy statement on haka.dissectors");
  }

  private static void refuse(LuaTable haka, String name, String instead) {
    Builtin.add(
        haka,
        name,
        all -> {
          throw Raised.at("haka." + name + " is of Haka 0.1; use " + instead);
        });
  }

  /**
   * Returns the options of {@code protocol/raw}: frames that no loaded dissector takes pass there
   * unless the file sets {@code drop_unknown_dissector}.
   */
  static LuaTable rawOptions(PacketDissector root) {
    LuaTable options = new LuaTable();
    options.rawset("drop_unknown_dissector", LuaValue.FALSE);
    root.setPolicy((packet, known) -> {
      boolean drops = options.rawget("drop_unknown_dissector").toboolean();
      return known == null && !drops ? null : root.byDefault(packet, known);
    });
    return options;
  }

  /**
   * Returns the options of {@code protocol/ipv4}: setting the one there is takes effect at once.
   */
  static LuaTable ipv4Options(Dissectors dissectors) {
    return new Ipv4Options(dissectors);
  }

  /** {@code enable_reassembly}: fragments are processed as they are while it is false. */
  private static final class Ipv4Options extends LuaTable {
    private static final String REASSEMBLY = "enable_reassembly";
    private final Dissectors dissectors;
    private boolean listens;

    Ipv4Options(Dissectors dissectors) {
      this.dissectors = dissectors;
      rawset(REASSEMBLY, TRUE);
    }

    @Override
    public void set(LuaValue key, LuaValue value) {
      rawset(key, value);
      if (!listens && !rawget(REASSEMBLY).toboolean()) {
        listens = true;
        dissectors
            .ipv4()
            .events()
            .receivePacket()
            .add(ip -> {
              if (!rawget(REASSEMBLY).toboolean()) {
                ip.setDontReassemble(true);
              }
            });
      }
    }
  }
}
