package dev.tiaki.dissector.tls;

import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;
import org.jspecify.annotations.Nullable;

/** TLS on one connection: what its ends said in the clear. Nothing is kept back or edited. */
public final class TlsFlow implements StreamDissector {
  private static final EndedProtocol ENDED = new EndedProtocol(TlsDissector.NAME);
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;

  private final TlsDissector dissector;
  private final TcpFlow flow;
  private final HandshakeReader up;
  private final HandshakeReader down;
  private @Nullable Direction clientSide;
  private @Nullable ClientHello clientHello;
  private @Nullable ServerHello serverHello;
  private @Nullable TlsCertificates certificates;
  private @Nullable Object scriptData;
  private boolean finished;

  TlsFlow(TlsDissector dissector, TcpFlow flow, TlsSettings settings) {
    this.dissector = dissector;
    this.flow = flow;
    up = new HandshakeReader(new Side(Direction.UP), settings.maxHandshakeBytes());
    down = new HandshakeReader(new Side(Direction.DOWN), settings.maxHandshakeBytes());
  }

  /** Returns the connection below. */
  public TcpFlow flow() {
    return flow;
  }

  /** Returns the newest client hello, or null. */
  public @Nullable ClientHello clientHello() {
    return clientHello;
  }

  /** Returns the newest server hello, or null. */
  public @Nullable ServerHello serverHello() {
    return serverHello;
  }

  /** Returns the certificates that came last, or null. */
  public @Nullable TlsCertificates certificates() {
    return certificates;
  }

  /** Returns what rules attached, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  @Override
  public void receive(
      TcpFlow on, BufferStream stream, BufferIterator current, Direction direction) {
    HandshakeReader reader = reader(direction);
    if (!reader.isStopped()) {
      read(reader, current, direction);
    }
    if (flow.canContinue()) {
      flow.send(direction);
    }
  }

  @Override
  public StreamDissector remains() {
    return ENDED;
  }

  private void read(HandshakeReader reader, BufferIterator current, Direction direction) {
    if (flow.gaps(direction) > 0) {
      dissector.lost(this);
      end();
      return;
    }
    SubBuffer piece = current.peekAvailable();
    if (piece != null) {
      byte[] bytes = piece.toByteArray();
      reader.read(bytes, 0, bytes.length);
    }
  }

  private HandshakeReader reader(Direction direction) {
    return direction == Direction.UP ? up : down;
  }

  /** Reads nothing more; tells listeners once if there was anything. */
  void end() {
    up.stop();
    down.stop();
    if (!finished) {
      finished = true;
      if (clientHello != null || serverHello != null) {
        dissector.finished(this);
      }
    }
  }

  /** Tells whether the server has chosen, so that the rest of the handshake may be encrypted. */
  private boolean isChosen() {
    ServerHello chosen = serverHello;
    return chosen != null && !chosen.retry();
  }

  private final class Side implements HandshakeReader.Target {
    private final Direction direction;

    Side(Direction direction) {
      this.direction = direction;
    }

    @Override
    public void message(int type, byte[] bytes, int from, int to) {
      TlsReader message = new TlsReader(bytes, from, to);
      switch (type) {
        case CLIENT_HELLO -> {
          clientSide = direction;
          clientHello = ClientHello.read(message);
          dissector.clientHello(TlsFlow.this);
        }
        case SERVER_HELLO -> {
          if (isUnasked()) {
            broken(TlsFault.UNASKED);
            return;
          }
          serverHello = ServerHello.read(message);
          dissector.serverHello(TlsFlow.this);
          if (isChosen() && serverHello.version() >= TlsVersions.TLS_1_3) {
            end();
          }
        }
        case CERTIFICATE -> {
          certificates = TlsCertificates.read(message);
          dissector.certificate(TlsFlow.this);
        }
        default -> {}
      }
      if (!flow.canContinue()) {
        up.stop();
        down.stop();
      }
    }

    /**
     * An end answers itself, or one that said nothing; the end that opened the connection may be
     * the server. A client hello may have the form of SSL 2 (RFC 5246 appendix E.2), unread here.
     */
    private boolean isUnasked() {
      boolean silent = !flow.isMidstream() && flow.deliveredBytes(direction.opposite()) == 0;
      return clientSide == direction || (clientSide == null && silent);
    }

    @Override
    public void changeCipher() {
      // RFC 8446 appendix D.4: before a second client hello it means nothing
      if (isChosen()) {
        stopSide();
      }
    }

    @Override
    public void data() {
      if (isChosen()) {
        stopSide();
      }
    }

    private void stopSide() {
      reader(direction).stop();
      if (up.isStopped() && down.isStopped()) {
        end();
      }
    }

    @Override
    public void broken(TlsFault fault) {
      dissector.malformed(TlsFlow.this, fault);
      end();
    }
  }
}
