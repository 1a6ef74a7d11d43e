package dev.tiaki.dissector.smtp;

import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SMTP on one connection: which reply answers which command, and what rules see of them. */
public final class SmtpFlow implements StreamDissector {
  private static final EndedProtocol ENDED = new EndedProtocol(SmtpDissector.NAME);
  private static final int CONTINUE_AUTHENTICATION = 334;
  private static final int START_MAIL = 354;

  private final SmtpDissector dissector;
  private final TcpFlow flow;
  private final CommandReader commands;
  private final ReplyReader replies;
  private final ArrayDeque<SmtpCommand> waiting = new ArrayDeque<>(2);
  private @Nullable SmtpMail mail;
  private boolean tls;
  private boolean modification;
  private @Nullable Object scriptData;

  SmtpFlow(SmtpDissector dissector, TcpFlow flow) {
    this.dissector = dissector;
    this.flow = flow;
    this.commands = new CommandReader(this);
    this.replies = new ReplyReader(this);
  }

  /** Returns the connection. */
  public TcpFlow flow() {
    return flow;
  }

  /** Tells whether the connection changed to TLS. */
  public boolean isTls() {
    return tls;
  }

  /** Returns what rules attached, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to SMTP on this connection. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  /**
   * Lets rules change the size of the chunk whose command {@code BDAT} is being signalled: command
   * and chunk are kept until the chunk is complete, and the command gets the size that fits. Of a
   * chunk beyond {@link SmtpSettings#maxResizedChunkBytes} the size has to stay.
   */
  public void enableDataModification() {
    modification = true;
  }

  SmtpSettings settings() {
    return dissector.settings();
  }

  boolean isReadOnly() {
    return dissector.isReadOnly();
  }

  boolean isOver() {
    return !flow.canContinue();
  }

  @Override
  public void receive(TcpFlow of, BufferStream stream, BufferIterator at, Direction direction) {
    BufferIterator current = at.copy();
    if (direction == Direction.UP) {
      commands.read(current, stream.isFinished());
    } else {
      replies.read(current, stream.isFinished());
    }
    if (isOver()) {
      return;
    }
    StreamDissector next = flow.nextDissector();
    if (tls && next != null && next != this && current.available(1) > 0) {
      next.receive(of, stream, current, direction);
    } else {
      flow.send(direction);
    }
  }

  @Override
  public StreamDissector remains() {
    return ENDED;
  }

  void commandRead(SmtpCommand command) {
    dissector.commands().increment();
    if (waiting.size() >= settings().maxWaitingCommands()) {
      failed("smtp: too many commands without a reply");
      return;
    }
    waiting.add(command);
    modification = false;
    signal(dissector.events().command(), listener -> listener.command(this, command));
  }

  void replyRead(int code, List<String> lines) {
    SmtpCommand answered = waiting.peek();
    boolean interim = code == START_MAIL || code == CONTINUE_AUTHENTICATION;
    if (!interim) {
      waiting.poll();
    }
    SmtpReply reply = new SmtpReply(code, lines, answered);
    dissector.replies().increment();
    signal(dissector.events().reply(), listener -> listener.reply(this, reply));
    if (answered != null && !isOver()) {
      follow(answered, reply);
    }
  }

  /** Takes up what the server made of a command. */
  private void follow(SmtpCommand answered, SmtpReply reply) {
    switch (answered.verb()) {
      case "DATA" -> {
        if (reply.code() != START_MAIL && !isInMail() && !reply.isPositive()) {
          commands.enter(CommandReader.Mode.COMMAND); // refused: no mail follows
        }
      }
      case "AUTH" ->
          commands.enter(
              reply.code() == CONTINUE_AUTHENTICATION
                  ? CommandReader.Mode.AUTHENTICATION
                  : CommandReader.Mode.COMMAND);
      case "STARTTLS" -> {
        if (reply.isPositive()) {
          startTls();
        }
      }
      default -> {
        // the others change nothing
      }
    }
  }

  private void startTls() {
    tls = true;
    commands.enter(CommandReader.Mode.UNREAD);
    replies.stop();
    signal(dissector.events().startTls(), listener -> listener.startTls(this));
    if (!isOver() && flow.nextDissector() == this) {
      dissector.handOver(flow);
    }
  }

  /** Tells whether the chunk that begins may change its size. */
  boolean resizes(ChunkCommand command) {
    return modification && !keepsMail() && command.size() <= settings().maxResizedChunkBytes();
  }

  /** Tells whether a rule keeps data of the mail back. */
  boolean keepsMail() {
    return mail != null && !mail.stream().stream().isEmpty();
  }

  /** A piece of the data of a mail; {@code inLines} when a line with a dot ends it. */
  void mailPiece(BufferIterator at, int count, boolean inLines) {
    if (dissector.events().mail().isEmpty()) {
      at.advance(count);
      return;
    }
    SmtpMail known = openMail(inLines);
    BufferIterator current = known.stream().push(at.sub(count, true));
    if (current != null) {
      signalMail(known, current);
    }
  }

  private SmtpMail openMail(boolean inLines) {
    SmtpMail known = mail;
    if (known == null || known.stream().isFinished()) {
      known = new SmtpMail(inLines);
      mail = known;
    }
    return known;
  }

  private boolean isInMail() {
    return mail != null && !mail.stream().isFinished();
  }

  /** The mail is complete; {@code at} stands before the line that ends it, or behind its chunk. */
  void mailEnded(BufferIterator at, boolean inLines) {
    dissector.mails().increment();
    if (!dissector.events().mail().isEmpty()) {
      SmtpMail known = openMail(inLines);
      signalMail(known, known.stream().finish(at));
      if (known.lacksLineEnd() && !isOver()) {
        at.insert(VirtualBuffer.of(new byte[] {'\r', '\n'}));
      }
    }
    if (!keepsMail()) {
      mail = null;
    }
  }

  /**
   * The client has ended before its mail: listeners are told that nothing more comes. What they
   * insert then is not sent, since the server takes no mail that has no end.
   */
  void mailCut() {
    SmtpMail known = mail;
    if (known != null && isInMail() && !isOver()) {
      known.stream().finish();
      signalMail(known, known.stream().data().end());
    }
  }

  private void signalMail(SmtpMail of, BufferIterator current) {
    signal(dissector.events().mail(), listener -> listener.mail(this, of, current.copy()));
    if (!isOver() && !of.letGo(commands.holdsChunk())) {
      refuse(
          "smtp: edited chunk of another size; its size may change after enable_data_modification at"
              + " its command, up to "
              + settings().maxResizedChunkBytes()
              + " bytes");
    }
  }

  /** What a rule made of a mail cannot be sent: an alert, and the connection is dropped. */
  void refuse(String description) {
    dissector.refuse(flow, description);
  }

  /** What comes cannot be read: an alert, and the connection is dropped. */
  void failed(String description) {
    commands.enter(CommandReader.Mode.UNREAD);
    replies.stop();
    if (!flow.isMidstream()) {
      dissector.refuse(flow, description);
    }
  }

  private <L> void signal(EventPoint<L> event, Consumer<L> call) {
    for (int i = 0; i < event.size() && flow.canContinue(); i++) {
      try {
        call.accept(event.get(i));
      } catch (RuleFailure failure) {
        flow.ruleFailed(failure);
      } catch (RuleAbort abort) {
        return;
      }
    }
  }
}
