package dev.tiaki.lua.haka;

import dev.tiaki.dissector.smtp.SmtpDissector;
import dev.tiaki.dissector.smtp.SmtpEvents;
import dev.tiaki.dissector.smtp.SmtpFlow;
import dev.tiaki.dissector.smtp.SmtpListener;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.smtp.SmtpObject;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The module {@code protocol/smtp}: its events, and what selects it. */
final class SmtpModule {
  private final Bindings bindings;
  private final SmtpDissector dissector;
  private int streamedRules;

  SmtpModule(Bindings bindings) {
    this.bindings = bindings;
    this.dissector = bindings.dissectors().smtp();
  }

  /** Has connections to port 25 read as SMTP. */
  void expect() {
    bindings
        .dissectors()
        .tcpConnection()
        .applications()
        .expect(SmtpDissector.PORT, SmtpDissector.NAME);
  }

  LuaTable events() {
    SmtpEvents events = dissector.events();
    NamedTable table = ProtocolEvents.table();
    add(table, "command", (c, s) -> events.command().add(onCommand(c)));
    add(table, "reply", (c, s) -> events.reply().add(onReply(c)));
    add(table, "mail_data", (c, s) -> events.mail().add(s ? onMailStream(c) : onMail(c)));
    add(
        table,
        "starttls",
        (c, s) -> events.startTls().add(smtp -> c.on(smtp.flow(), object(smtp))));
    ProtocolEvents.addSilent(table, SmtpDissector.NAME, "receive_packet");
    ProtocolEvents.addSilent(table, SmtpDissector.NAME, "send_packet");
    ProtocolEvents.addSilent(table, SmtpDissector.NAME, "protocol_error");
    return table;
  }

  private static void add(LuaTable table, String event, EventObject.Binder binder) {
    ProtocolEvents.add(table, SmtpDissector.NAME, event, binder);
  }

  private SmtpObject object(SmtpFlow smtp) {
    return SmtpObject.of(bindings, smtp);
  }

  private SmtpListener.OnCommand onCommand(RuleCall call) {
    return (smtp, command) ->
        call.on(smtp.flow(), null, object(smtp), SmtpObject.command(command), LuaValue.NIL);
  }

  private SmtpListener.OnReply onReply(RuleCall call) {
    return (smtp, reply) ->
        call.on(smtp.flow(), null, object(smtp), SmtpObject.reply(reply), LuaValue.NIL);
  }

  private SmtpListener.OnMail onMail(RuleCall call) {
    return (smtp, mail, current) -> {
      SubBuffer piece = current.peekAvailable();
      if (piece != null) {
        call.on(smtp.flow(), null, object(smtp), bindings.sub(piece), LuaValue.NIL);
      }
    };
  }

  private SmtpListener.OnMail onMailStream(RuleCall call) {
    StreamedBody rule = new StreamedBody(bindings, call, streamedRules++);
    return (smtp, mail, current) ->
        rule.give(
            smtp.flow(),
            BodySlots.of(mail),
            current,
            mail.stream().isFinished(),
            () -> LuaValue.varargsOf(object(smtp), bindings.blockingIterator(current)));
  }
}
