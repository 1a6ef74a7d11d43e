package dev.tiaki.dissector.packet;

import dev.tiaki.engine.packet.Enclosure;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.WorkerContext;

/** Makes frames that were not captured: a link header and zeros behind it. */
public final class ForgedFrames {
  private static final int MAC_BYTES = 6;

  private final WorkerContext context;

  /** Makes a forge for one worker. */
  public ForgedFrames(WorkerContext context) {
    this.context = context;
  }

  /**
   * Makes a frame that can travel where {@code template} did.
   *
   * <p>The link header is the template's, with the two Ethernet addresses exchanged when the frame
   * goes the other way. As Haka does it, the header is blank but for the protocol.
   *
   * @param reversed whether the frame goes back to the template's sender
   * @param networkBytes the number of zeros behind the link header
   */
  public Packet like(Packet template, boolean reversed, int networkBytes) {
    if (context.mode().hakaCompatible()) {
      return blank(template.linkType(), template.etherType(), networkBytes);
    }
    int offset = template.networkOffset();
    byte[] frame = new byte[offset + networkBytes];
    System.arraycopy(template.array(), 0, frame, 0, offset);
    if (reversed && template.linkType().equals(LinkType.ETHERNET) && offset >= 2 * MAC_BYTES) {
      System.arraycopy(template.array(), MAC_BYTES, frame, 0, MAC_BYTES);
      System.arraycopy(template.array(), 0, frame, MAC_BYTES, MAC_BYTES);
    }
    Packet made = forge(template.linkType(), template.etherType(), frame, offset);
    Enclosure around = template.enclosure();
    if (around != null) {
      made.setEnclosure(around.copyFor(made, reversed));
    }
    return made;
  }

  /** Makes a frame whose link header is zero but for the protocol {@code etherType}. */
  public Packet blank(LinkType linkType, int etherType, int networkBytes) {
    byte[] link = BlankLinkHeader.of(linkType, etherType);
    byte[] frame = new byte[link.length + networkBytes];
    System.arraycopy(link, 0, frame, 0, link.length);
    return forge(linkType, etherType, frame, link.length);
  }

  private Packet forge(LinkType linkType, int etherType, byte[] frame, int offset) {
    Packet packet = context.packets().forge(linkType, frame, context.time().nanos());
    packet.setNetwork(offset, etherType);
    return packet;
  }
}
