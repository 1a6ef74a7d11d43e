package dev.tiaki.engine.packet;

import dev.tiaki.engine.buffer.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One frame with an explicit owner and exactly one verdict.
 *
 * <p>The frame is {@code array()[0 .. length())}, link header included. A worker owns the packet
 * while it is received; a queue that keeps it calls {@link #hold}. Whoever owns it decides once, by
 * {@link #accept} or {@link #drop}. After the final verdict the bytes stay readable until the
 * worker takes the next packet, then the object is used again: who keeps a reference longer
 * compares {@link #generation}. Used by one worker thread only.
 */
public final class Packet {
  private static final byte[] EMPTY = {};

  private final @Nullable PacketPool pool;
  private final PacketOutput output;

  private Memory memory = new Memory(EMPTY);
  private byte[] array = EMPTY;
  private int length;
  private int originalLength;
  private long timestampNanos;
  private long number;
  private LinkType linkType = LinkType.ETHERNET;
  private int networkOffset;
  private int etherType;
  private Origin origin = Origin.CAPTURED;
  private Verdict verdict = Verdict.PENDING;
  private boolean modified;
  private boolean joined;
  private boolean checksumMissing;
  private long sourceTag;
  private long generation;
  private @Nullable Object scriptData;
  private @Nullable Enclosure enclosure;
  private @Nullable PacketFlow flow;
  private @Nullable DropOrigin blame;
  private @Nullable DropReason dropReason;

  Packet(@Nullable PacketPool pool, PacketOutput output) {
    this.pool = pool;
    this.output = output;
  }

  /**
   * Makes room for a frame of {@code frameLength} bytes and returns the array to fill from 0.
   *
   * @param frameLength the number of bytes captured
   * @param wireLength the number of bytes on the wire; larger when the capture was cut
   */
  public byte[] fill(int frameLength, int wireLength) {
    if (array.length < frameLength || memory.isShared()) {
      own(new byte[Math.max(2048, frameLength)]);
    }
    length = frameLength;
    originalLength = wireLength;
    return array;
  }

  /** Says where the frame comes from, after it was filled. */
  public void describe(LinkType type, long timestamp, long rank) {
    linkType = type;
    timestampNanos = timestamp;
    number = rank;
  }

  /**
   * Says what a live source knows about the packet, after it was filled.
   *
   * @param tag by which the source will know the packet again at its verdict
   * @param isJoined whether it was joined from several, and may be longer than any link carries
   * @param noChecksum whether its transport checksum is still to be computed by somebody behind us
   */
  public void setSource(long tag, boolean isJoined, boolean noChecksum) {
    sourceTag = tag;
    joined = isJoined;
    checksumMissing = noChecksum;
  }

  /** Returns what the source knows the packet by; 0 unless it is a live one. */
  public long sourceTag() {
    return sourceTag;
  }

  /** Tells whether the packet was joined from several. */
  public boolean isJoined() {
    return joined;
  }

  /** Tells whether its transport checksum is still to be computed: it is not wrong, but missing. */
  public boolean isChecksumMissing() {
    return checksumMissing;
  }

  /** Returns the array whose first {@link #length} bytes are the frame. */
  public byte[] array() {
    return array;
  }

  /** Returns the number of bytes in the frame, link header included. */
  public int length() {
    return length;
  }

  /**
   * Returns the number of bytes that were on the wire; more than {@link #length} in a cut capture.
   */
  public int originalLength() {
    return originalLength;
  }

  /** Tells whether the capture holds less than was on the wire. */
  public boolean isCut() {
    return originalLength > length;
  }

  /** Returns the capture time, nanoseconds since the Unix epoch. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** Returns the 1-based rank of the packet in its capture; 0 for a forged one. */
  public long number() {
    return number;
  }

  /** Returns the kind of frame. */
  public LinkType linkType() {
    return linkType;
  }

  /** Returns where the network header starts, set by the link dissector. */
  public int networkOffset() {
    return networkOffset;
  }

  /** Returns the EtherType of the network header, 0 when there is none that is known. */
  public int etherType() {
    return etherType;
  }

  /** Says where the network header starts and of which EtherType it is. */
  public void setNetwork(int offset, int type) {
    networkOffset = offset;
    etherType = type;
  }

  /** Returns where the packet comes from. */
  public Origin origin() {
    return origin;
  }

  /** Returns how far the decision has come. */
  public Verdict verdict() {
    return verdict;
  }

  /** Tells whether the final verdict is still to be given. */
  public boolean isPending() {
    return verdict == Verdict.PENDING || verdict == Verdict.HELD;
  }

  /** Takes the packet out of the worker's hands until its holder decides. */
  public void hold() {
    if (!isPending()) {
      throw new IllegalStateException("operation not supported");
    }
    verdict = Verdict.HELD;
  }

  /** Takes a held packet back: who does so must decide about it, or hold it again. */
  public void resume() {
    if (verdict == Verdict.HELD) {
      verdict = Verdict.PENDING;
    }
  }

  /**
   * Lets the packet leave as it is now.
   *
   * @throws IllegalStateException {@code operation not supported} when it has its verdict already
   */
  public void accept() {
    if (!isPending()) {
      throw new IllegalStateException("operation not supported");
    }
    verdict = Verdict.ACCEPTED;
    output.accepted(this);
    finished();
  }

  /** Stops the packet. One that has its verdict already keeps it. */
  public void drop(DropReason reason) {
    if (!isPending()) {
      return;
    }
    verdict = Verdict.DROPPED;
    dropReason = reason;
    output.dropped(this, reason);
    finished();
  }

  private void finished() {
    if (pool != null) {
      pool.finished(this);
    }
  }

  /**
   * Replaces the frame by the first {@code frameLength} bytes of {@code frame}, which it now owns.
   */
  public void setFrame(byte[] frame, int frameLength) {
    own(frame);
    length = frameLength;
    originalLength = frameLength;
    modified = true;
  }

  /** Tells whether the frame differs from what was captured. */
  public boolean isModified() {
    return modified;
  }

  /** Says that what was written so far is how the packet came. */
  public void markUnmodified() {
    modified = false;
  }

  /** Says that a header was written in place. */
  public void markModified() {
    modified = true;
  }

  /** Returns the memory behind the frame, for buffers that share it without copying. */
  public Memory memory() {
    return memory;
  }

  /** Returns the frame as a Netty buffer over the same bytes; valid until the verdict. */
  public ByteBuf toByteBuf() {
    return Unpooled.wrappedBuffer(array, 0, length);
  }

  /** Returns a copy of the frame. */
  public byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }

  /** Returns what rules attached to the packet, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the packet for rules that see it later. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  /** Returns which virtual network the addresses are of, 0 outside tunnels. */
  public long network() {
    Enclosure around = enclosure;
    return around == null ? 0 : around.network();
  }

  /** Returns what the network header was found in when that is a tunnel, or null. */
  public @Nullable Enclosure enclosure() {
    return enclosure;
  }

  /** Says what the network header was found in; null at the outside. */
  public void setEnclosure(@Nullable Enclosure around) {
    enclosure = around;
  }

  /** Returns the flow that the packet was found to belong to, or null. */
  public @Nullable PacketFlow flow() {
    return flow;
  }

  /** Says which flow the packet belongs to. */
  public void setFlow(@Nullable PacketFlow found) {
    flow = found;
  }

  /** Says who is to blame if the packet is dropped next. */
  public void blame(@Nullable DropOrigin origin) {
    blame = origin;
  }

  /** Returns who is to blame for a drop, or null when nobody was named. */
  public @Nullable DropOrigin blame() {
    return blame;
  }

  /** Returns why the packet was dropped, or null when it was not. */
  public @Nullable DropReason dropReason() {
    return dropReason;
  }

  /** Returns a number that rises each time the object is used for another packet. */
  public long generation() {
    return generation;
  }

  /** Turns a forged packet into one that is received; see {@link PacketPool#inject}. */
  void injected() {
    origin = Origin.INJECTED;
  }

  void forged() {
    origin = Origin.FORGED;
  }

  /** Makes the object ready for another packet. */
  void recycle() {
    generation++;
    verdict = Verdict.PENDING;
    origin = Origin.CAPTURED;
    modified = false;
    joined = false;
    checksumMissing = false;
    sourceTag = 0;
    scriptData = null;
    enclosure = null;
    flow = null;
    blame = null;
    dropReason = null;
    networkOffset = 0;
    etherType = 0;
    if (memory.isShared() || array.length > PacketPool.MAX_POOLED_BYTES) {
      own(EMPTY);
    }
  }

  private void own(byte[] bytes) {
    array = bytes;
    memory = new Memory(bytes);
  }
}
