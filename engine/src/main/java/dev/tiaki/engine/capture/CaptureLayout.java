package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;

/**
 * What a capture file says about all of its frames; an output written after an input takes it over.
 *
 * @param linkType what the frames are; of a pcapng file, those of its first interface
 * @param nanoseconds whether times are finer than a microsecond
 */
public record CaptureLayout(LinkType linkType, boolean nanoseconds) {}
