package dev.tiaki.dissector.http;

import dev.tiaki.dissector.http.HeadParser.Result;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one direction of a connection. */
final class MessageReader {
  private enum Phase {
    HEAD,
    LENGTH,
    UNTIL_CLOSE,
    CHUNK_LINE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILERS,
    /** What comes is no HTTP, or cannot be understood any more. */
    UNREAD
  }

  private final HttpFlow http;
  private final Direction direction;
  private final boolean ofRequest;
  private final HeadReader head;
  private final BodyDelivery delivery;
  private Phase phase = Phase.HEAD;
  private long left;
  private long consumed;
  private long gapBytes;
  private boolean unclaimed = true;

  /** The first octets of the head have left: nothing of it can be changed any more. */
  private boolean partlyLeft;

  private boolean finished;
  private @Nullable ChunkLine chunkLine;
  private @Nullable HttpMessage message;
  private @Nullable BufferIterator lineBegin;
  private @Nullable LengthRepair repair;
  private boolean lineKept;
  private boolean sawCarriageReturn;

  MessageReader(HttpFlow http, Direction direction) {
    this.http = http;
    this.direction = direction;
    this.ofRequest = direction == Direction.UP;
    this.head = new HeadReader(http.dissector());
    this.delivery = new BodyDelivery(http, ofRequest);
    head.start(firstToken());
  }

  private HeadToken firstToken() {
    return ofRequest ? HeadToken.LEADING_LINES : HeadToken.RESPONSE_HTTP;
  }

  void resume(byte[] left) {
    partlyLeft = left.length > 0;
    head.resume(left);
  }

  /** Reads no more of this direction. */
  void stop() {
    phase = Phase.UNREAD;
    head.release();
  }

  boolean isStopped() {
    return phase == Phase.UNREAD;
  }

  /** Reads what begins at {@code at}; {@code last} when the stream has finished. */
  void read(BufferIterator at, boolean last) {
    skipGap();
    while (!http.isOver() && phase != Phase.UNREAD && step(at, last)) {
      // each step reads what one phase can
    }
    if (last && !finished && !http.isOver()) {
      finished = true;
      finish(at);
    }
  }

  /** Bytes that were never seen leave a body of known length in step, and nothing else. */
  private void skipGap() {
    long missing = http.flow().gapBytes(direction) - gapBytes;
    if (missing == 0) {
      return;
    }
    gapBytes += missing;
    boolean inBody = phase == Phase.LENGTH || phase == Phase.CHUNK_DATA;
    if (phase == Phase.UNTIL_CLOSE || (inBody && missing < left)) {
      left -= missing;
    } else if (phase != Phase.UNREAD) {
      http.lost();
    }
  }

  /** Reads on in the current phase; false when more data must come first. */
  private boolean step(BufferIterator at, boolean last) {
    return switch (phase) {
      case HEAD -> readHead(at, last);
      case LENGTH, CHUNK_DATA -> readCounted(at);
      case UNTIL_CLOSE -> readRest(at);
      case CHUNK_LINE -> readChunkLine(at);
      case CHUNK_END -> readChunkEnd(at);
      case TRAILERS -> readTrailers(at, last);
      case UNREAD -> false;
    };
  }

  private boolean readHead(BufferIterator at, boolean last) {
    if (at.available(1) == 0 && !(last && head.isBegun())) {
      return false;
    }
    if (unclaimed && !http.claim(ofRequest)) {
      return false;
    }
    unclaimed = false;
    switch (head.read(at, last)) {
      case MORE -> {
        if (head.isTooLong()) {
          giveUp(HttpAnomaly.HEAD_TOO_LONG);
        }
        return false;
      }
      case FAILED -> {
        http.failed(head.error(consumed), head.context());
        return false;
      }
      case COMPLETE -> headComplete(at);
    }
    return true;
  }

  private void giveUp(HttpAnomaly anomaly) {
    http.anomaly(anomaly, direction);
    if (!http.isOver()) {
      http.lost();
    }
  }

  private void headComplete(BufferIterator at) {
    HeadFields fields = head.fields();
    consumed += fields.end;
    Framing framing = http.dissector().framing();
    framing.read(head.bytes(), fields);
    if (fields.bareLineFeed) {
      http.anomaly(HttpAnomaly.BARE_LINE_FEED, direction);
    }
    if (fields.folded) {
      http.anomaly(HttpAnomaly.FOLDED_HEADER, direction);
    }
    HttpAnomaly anomaly = anomalyOf(framing);
    if (anomaly != null && !http.isOver()) {
      http.anomaly(anomaly, direction);
    }
    if (!http.isOver()) {
      announce(at, framing);
    }
  }

  private @Nullable HttpAnomaly anomalyOf(Framing framing) {
    if (framing.anomaly() == null && ofRequest && framing.isEncoded() && !framing.isChunked()) {
      return HttpAnomaly.INVALID_ENCODING;
    }
    return framing.anomaly();
  }

  /** Tells listeners about the head, writes what they changed, and turns to the body. */
  private void announce(BufferIterator at, Framing framing) {
    HeadFields fields = head.fields();
    HttpMessage made = http.dissector().events().wantsMessages() ? make(fields) : null;
    message = made;
    boolean fixed = partlyLeft;
    partlyLeft = false;
    if (made != null && fixed) {
      made.setSealed(true);
    }
    BodyKind body =
        ofRequest
            ? http.requestHead((HttpRequest) made, head.bytes(), fields, framing)
            : http.responseHead((HttpResponse) made, head.bytes(), fields, framing);
    if (http.isOver()) {
      return;
    }
    long length = framing.length();
    boolean resized = http.takesModification() && body.isFramed() && !fixed;
    boolean chunking = made != null && rewrite(made, resized, body, at);
    if (repair == null) {
      head.release();
    }
    enter(body, length, at, chunking);
  }

  /** Writes what listeners changed; returns whether the body goes on in chunks of our own. */
  private boolean rewrite(HttpMessage made, boolean resized, BodyKind body, BufferIterator at) {
    boolean chunking = resized && (body == BodyKind.CHUNKED || http.knowsChunks(made));
    if (resized && !chunking) {
      head.keep();
      repair = new LengthRepair(made, head.begin(at), at.copy());
      made.setSealed(true);
      return false;
    }
    if (chunking) {
      made.headers().set(Headers.TRANSFER_ENCODING, Headers.CHUNKED);
      made.headers().remove("content-length");
    }
    HeadEdits.apply(made, head.begin(at));
    made.setSealed(true);
    return chunking;
  }

  private HttpMessage make(HeadFields fields) {
    byte[] bytes = Arrays.copyOf(head.bytes(), fields.end);
    return ofRequest
        ? new HttpRequest(bytes, fields.copy())
        : new HttpResponse(bytes, fields.copy());
  }

  private void enter(BodyKind body, long length, BufferIterator at, boolean chunking) {
    if (body != BodyKind.NONE && body != BodyKind.TUNNEL) {
      delivery.begin(message, chunking);
    }
    switch (body) {
      case NONE -> complete();
      case TUNNEL -> phase = Phase.UNREAD;
      case UNTIL_CLOSE -> phase = Phase.UNTIL_CLOSE;
      case LENGTH -> {
        left = length;
        phase = Phase.LENGTH;
        if (repair != null && length > http.dissector().settings().maxRepairedBytes()) {
          giveUp(HttpAnomaly.BODY_TOO_LONG);
        } else if (length == 0) {
          bodyEnd(at);
        }
      }
      case CHUNKED -> beginChunk();
    }
  }

  private void beginChunk() {
    phase = Phase.CHUNK_LINE;
    chunkLine().begin();
    lineBegin = null;
  }

  private ChunkLine chunkLine() {
    ChunkLine known = chunkLine;
    if (known == null) {
      known = new ChunkLine();
      chunkLine = known;
    }
    return known;
  }

  private boolean readCounted(BufferIterator at) {
    int count = (int) at.available(Math.min(left, Integer.MAX_VALUE));
    if (count == 0) {
      return false;
    }
    deliver(at, count);
    left -= count;
    if (left == 0 && !http.isOver()) {
      if (phase == Phase.LENGTH) {
        bodyEnd(at);
      } else {
        phase = Phase.CHUNK_END;
        sawCarriageReturn = false;
        lineBegin = null;
      }
    }
    return true;
  }

  private void deliver(BufferIterator at, int count) {
    consumed += count;
    http.countBody(ofRequest, count);
    delivery.piece(at, count);
  }

  private boolean readRest(BufferIterator at) {
    int count = (int) at.available();
    if (count > 0) {
      deliver(at, count);
    }
    return false;
  }

  private void bodyEnd(BufferIterator at) {
    delivery.end(at, false);
    LengthRepair known = repair;
    if (known != null && !http.isOver()) {
      known.apply(at);
      head.release();
      repair = null;
    }
    if (!http.isOver()) {
      complete();
    }
  }

  private boolean readChunkLine(BufferIterator at) {
    noteLine(at);
    ChunkLine line = chunkLine();
    while (true) {
      int value = at.read();
      if (value < 0) {
        keepLine();
        return false;
      }
      consumed++;
      switch (line.take(value)) {
        case MORE -> {
          // the line goes on
        }
        case FAILED -> {
          giveUp(HttpAnomaly.INVALID_CHUNK);
          return false;
        }
        case COMPLETE -> {
          eraseLine(at);
          chunkBegins(line.size(), at);
          return true;
        }
      }
    }
  }

  private void chunkBegins(long size, BufferIterator at) {
    left = size;
    if (left > 0) {
      phase = Phase.CHUNK_DATA;
      return;
    }
    delivery.end(at, true);
    head.start(HeadToken.NEXT_HEADER);
    phase = Phase.TRAILERS;
  }

  private boolean readChunkEnd(BufferIterator at) {
    noteLine(at);
    while (true) {
      int value = at.read();
      if (value < 0) {
        keepLine();
        return false;
      }
      consumed++;
      if (value == Ascii.LF) {
        eraseLine(at);
        beginChunk();
        return true;
      }
      if (value != Ascii.CR || sawCarriageReturn) {
        giveUp(HttpAnomaly.INVALID_CHUNK);
        return false;
      }
      sawCarriageReturn = true;
    }
  }

  /** Framing that is written anew is taken out of the stream; it must not leave before that. */
  private void noteLine(BufferIterator at) {
    if (delivery.writesChunks() && lineBegin == null && at.available(1) > 0) {
      lineBegin = at.copy();
    }
  }

  private void keepLine() {
    BufferIterator from = lineBegin;
    if (from != null && !lineKept) {
      from.mark(false);
      lineKept = true;
    }
  }

  private void eraseLine(BufferIterator at) {
    BufferIterator from = lineBegin;
    if (from == null) {
      return;
    }
    if (lineKept) {
      from.unmark();
      lineKept = false;
    }
    at.split();
    SubBuffer.between(from, at).erase();
    lineBegin = null;
  }

  private boolean readTrailers(BufferIterator at, boolean last) {
    if (at.available(1) == 0) {
      return false;
    }
    Result result = head.read(at, last);
    if (result == Result.FAILED) {
      http.failed(head.error(consumed), head.context());
      return false;
    }
    if (result == Result.MORE) {
      if (head.isTooLong()) {
        giveUp(HttpAnomaly.HEAD_TOO_LONG);
      }
      return false;
    }
    consumed += head.fields().end;
    head.release();
    complete();
    return true;
  }

  private void complete() {
    HttpMessage done = message;
    message = null;
    phase = Phase.HEAD;
    unclaimed = true;
    head.start(firstToken());
    if (ofRequest) {
      http.requestComplete((HttpRequest) done);
    } else {
      http.responseComplete((HttpResponse) done);
    }
  }

  /** The stream has ended: so does a body that lasts until then; another one is cut. */
  private void finish(BufferIterator at) {
    switch (phase) {
      case UNTIL_CLOSE -> bodyEnd(at);
      case LENGTH, CHUNK_LINE, CHUNK_DATA, CHUNK_END -> {
        http.dissector().truncated().increment();
        delivery.end(at, false);
        head.release();
      }
      case TRAILERS -> http.dissector().truncated().increment();
      case HEAD, UNREAD -> head.release();
    }
  }
}
