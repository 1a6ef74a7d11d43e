package dev.tiaki.lua.binding;

import dev.tiaki.dissector.dns.RecordSchema;
import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.address.IpNetwork;
import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.SubBufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The Lua-visible types of one Lua state, and the making of their objects. */
public final class Bindings {
  private final LuaRuntime runtime;
  private final WorkerContext context;
  private final Dissectors dissectors;

  final NativeClass times = TimeValue.describe();
  final NativeClass addresses = AddressValue.describe();
  final NativeClass networks = NetworkValue.describe();
  final NativeClass checksums = ChecksumValue.describe();
  final NativeClass buffers = BufferValue.describe();
  final NativeClass subs = SubValue.describe();
  final NativeClass iterators = IteratorValue.describe();
  final NativeClass blockingIterators = BlockingIteratorValue.describe();
  final NativeClass streams = StreamValue.describe();
  final NativeClass subStreams = SubStreamValue.describe();
  final NativeClass alerts = AlertValue.describe();
  final NativeClass connectionTables = CnxTableValue.describe();
  final NativeClass connectionEntries = CnxValue.describe();
  final NativeClass regexpModules = RegexpModuleValue.describe();
  final NativeClass regexps = RegexpValue.describe();
  final NativeClass regexpSinks = RegexpSinkValue.describe();
  final NativeClass regexpResults = RegexpResultValue.describe();
  final LuaTable comanagers = Comanager.classTable(this);
  final NativeClass rawPackets = PacketValue.describe();
  final NativeClass ipv4Packets = Ipv4Value.describe();
  final NativeClass ipv4Flags = Ipv4FlagsValue.describe();
  final NativeClass ipv6Packets = Ipv6Value.describe();
  final NativeClass tcpPackets = TcpValue.describe();
  final NativeClass tcpFlags = TcpFlagsValue.describe();
  final NativeClass tcpOptions = TcpOptionsValue.describe();
  final NativeClass tcpStreams = TcpStreamValue.describe();
  final InstanceClass icmpPackets = IcmpObject.describe(IcmpFamily.ICMP);
  final InstanceClass icmpv6Packets = IcmpObject.describe(IcmpFamily.ICMPV6);
  final InstanceClass udpPackets = UdpObject.describe();
  final InstanceClass udpFlows = UdpFlowObject.describe();
  final InstanceClass dnsFlows = DnsObject.describe();
  final InstanceClass tlsFlows = TlsObject.describe();
  final InstanceClass dnsMessages = DnsMessageObject.describe();
  final InstanceClass dnsQuestions = DnsQuestionObject.describe();
  final InstanceClass dnsRecords = DnsRecordObject.describe();
  final InstanceClass dnsArrays = new InstanceClass("ArrayResult", AttributeNames.NONE);
  private final Map<@Nullable RecordSchema, LuaTable> dnsProperties = new HashMap<>();

  /** The tables that have connections in them, to be released at the end. */
  final Set<CnxTableValue> keptConnections = new LinkedHashSet<>();

  final LuaTable flowMethods = FlowObject.methods();
  private final PacketHandles packets;
  private final LuaValue require;
  private ActionGate gate = action -> true;
  private Supplier<@Nullable String> rulePlace = () -> null;
  private Consumer<FlowObject> flowSelection = flow -> {};
  private BiConsumer<UdpFlowObject, LuaValue> datagramSelection = (flow, dissector) -> {};

  /** Makes the types for one state. */
  public Bindings(LuaRuntime runtime, WorkerContext context, Dissectors dissectors) {
    this.runtime = runtime;
    this.context = context;
    this.dissectors = dissectors;
    this.packets = new PacketHandles(this);
    this.require = runtime.globals().get("require");
    guard();
  }

  private void guard() {
    ActionGate guard = this::allows;
    for (NativeClass type :
        List.of(
            rawPackets, ipv4Packets, ipv4Flags, ipv6Packets, tcpPackets, tcpFlags, tcpOptions)) {
      type.guardedBy(guard);
    }
    for (InstanceClass type :
        List.of(
            icmpPackets,
            icmpv6Packets,
            udpPackets,
            udpFlows,
            dnsMessages,
            dnsQuestions,
            dnsRecords)) {
      type.guardedBy(guard);
    }
  }

  /** Sets who is asked before something that a rule does to the traffic is carried out. */
  public void setActionGate(ActionGate guard) {
    gate = guard;
  }

  /** Sets who knows where the rule that runs stands, as {@code file:line}; null when none runs. */
  public void setRulePlace(Supplier<@Nullable String> place) {
    rulePlace = place;
  }

  /** Notes that the rule that runs keeps data of a stream back. */
  public void keeps(VirtualBuffer buffer) {
    String place = rulePlace.get();
    if (place != null) {
      buffer.keptBy(place);
    }
  }

  /**
   * Tells whether the rule that runs may do something to the traffic; it is reported when not.
   *
   * @param action what would be done, to follow the word "would"
   */
  public boolean allows(String action) {
    return gate.allows(action);
  }

  /** Tells whether the rule that runs may edit a buffer: its own ones always. */
  public boolean allowsEdit(VirtualBuffer buffer) {
    return buffer.isScratch() || gate.allows("edit the data");
  }

  /** Returns the Lua state. */
  public LuaRuntime runtime() {
    return runtime;
  }

  /** Returns what every dissector of the worker is given. */
  public WorkerContext context() {
    return context;
  }

  /** Returns the dissectors that rules can reach. */
  public Dissectors dissectors() {
    return dissectors;
  }

  /** Tells whether a packet may be looked at only: captured ones in Haka's pass-through. */
  boolean isReadOnly(Packet packet) {
    return context.mode().readOnlyBuffers() && packet.origin() == Origin.CAPTURED;
  }

  /** Refuses to write a packet that may be looked at only. */
  void requireWritable(Packet packet) {
    if (isReadOnly(packet)) {
      throw BufferException.readOnly();
    }
  }

  /** Refuses to send what was not captured where only looking is allowed. */
  void requireSending() {
    if (context.mode().readOnlyBuffers()) {
      throw Raised.plain("sending is not supported in pass-through");
    }
  }

  /** Returns the IP packet behind a handle, which must not have left. */
  public IpPacket ipPacket(LuaValue value) {
    if (value instanceof IpValue ip) {
      return ip.valid();
    }
    throw Raised.plain("expected 'ipv4' got '" + value.typename() + "'");
  }

  /** Returns the class of objects that Haka calls {@code name}, or null. */
  public @Nullable NativeClass nativeClass(String name) {
    for (NativeClass known : nativeClasses()) {
      if (known.name().equals(name)) {
        return known;
      }
    }
    return null;
  }

  private List<NativeClass> nativeClasses() {
    return List.of(
        times,
        addresses,
        networks,
        checksums,
        buffers,
        subs,
        iterators,
        blockingIterators,
        streams,
        subStreams,
        alerts,
        connectionTables,
        connectionEntries,
        regexpModules,
        regexps,
        regexpSinks,
        regexpResults,
        rawPackets,
        ipv4Packets,
        ipv4Flags,
        ipv6Packets,
        tcpPackets,
        tcpFlags,
        tcpOptions,
        tcpStreams);
  }

  /** Returns the Lua module {@code class}. */
  LuaValue classes() {
    return require.call("class");
  }

  /** Sets what is told when a dissector was selected on an open connection. */
  public void setFlowSelection(Consumer<FlowObject> selection) {
    flowSelection = selection;
  }

  /** Sets what puts a dissector that is written in Lua on a flow of UDP. */
  public void setDatagramSelection(BiConsumer<UdpFlowObject, LuaValue> selection) {
    datagramSelection = selection;
  }

  void selectedOn(UdpFlowObject flow, LuaValue dissector) {
    datagramSelection.accept(flow, dissector);
  }

  void selectedOn(FlowObject flow) {
    flowSelection.accept(flow);
  }

  /** Returns what is shown of DNS records with the fields {@code schema}. */
  LuaTable dnsProperties(
      @Nullable RecordSchema schema, Function<@Nullable RecordSchema, LuaTable> maker) {
    LuaTable known = dnsProperties.get(schema);
    if (known == null) {
      known = maker.apply(schema);
      dnsProperties.put(schema, known);
    }
    return known;
  }

  /** Returns the handles of packets. */
  public PacketHandles packets() {
    return packets;
  }

  /** Tells whether bytes that a blocking call waits on leave meanwhile, as in Haka. */
  boolean waitsReadOnly() {
    return context.mode().hakaCompatible();
  }

  /** Returns a time, in nanoseconds since the Unix epoch. */
  public LuaValue time(long nanos) {
    return new TimeValue(times, nanos);
  }

  /** Returns an address. */
  public LuaValue address(IpAddress address) {
    return new AddressValue(addresses, address);
  }

  /** Returns a network. */
  public LuaValue network(IpNetwork network) {
    return new NetworkValue(this, network);
  }

  /** Returns a new checksum. */
  public LuaValue checksum() {
    return new ChecksumValue(checksums, new InternetChecksum());
  }

  /** Returns the checksum of a buffer or a range. */
  public LuaValue checksumOf(LuaValue data) {
    return LuaValue.valueOf(ChecksumValue.compute(data));
  }

  /** Returns a buffer. */
  public LuaValue buffer(VirtualBuffer buffer) {
    return new BufferValue(this, buffer);
  }

  /** Returns a range. */
  public LuaValue sub(SubBuffer sub) {
    return new SubValue(this, sub);
  }

  /** Returns a range, or nil for null. */
  LuaValue subOrNil(@Nullable SubBuffer sub) {
    return sub == null ? LuaValue.NIL : sub(sub);
  }

  /** Returns the range between two iterators, each of which may be blocking. */
  public LuaValue subBetween(LuaValue begin, LuaValue end) {
    if (begin instanceof IteratorValue first && end instanceof IteratorValue last) {
      return sub(SubBuffer.between(first.iterator, last.iterator));
    }
    throw Raised.plain("Wrong arguments for overloaded function 'vbuffer_sub'");
  }

  /** Returns an iterator, which belongs to Lua from now on. */
  public LuaValue iterator(BufferIterator iterator) {
    return new IteratorValue(this, iterators, iterator);
  }

  /** Returns the reference of a selection that took nothing out; restoring there does nothing. */
  LuaValue unselected(BufferIterator place) {
    return new IteratorValue(this, iterators, place).asUnselected();
  }

  /** Returns a blocking iterator at the position of {@code iterator}. */
  public LuaValue blockingIterator(BufferIterator iterator) {
    return new BlockingIteratorValue(this, iterator.copy());
  }

  /** Returns a stream; the same handle each time, for it knows the stream's coroutines. */
  public LuaValue stream(BufferStream stream) {
    if (stream.scriptData() instanceof StreamValue known && known.isOf(this)) {
      return known;
    }
    StreamValue made = new StreamValue(this, stream);
    stream.setScriptData(made);
    return made;
  }

  /** Returns a new table of connections. */
  public LuaValue connectionTable() {
    return new CnxTableValue(this);
  }

  /** Forgets what rule files keep in tables of connections; called at the end. */
  public void releaseConnections() {
    keptConnections.forEach(CnxTableValue::release);
    keptConnections.clear();
  }

  /** Returns a new stream for packets of TCP that a rule file puts in order itself. */
  public LuaValue tcpStream() {
    return new TcpStreamValue(this, dissectors.tcp().newStream());
  }

  /** Returns the engine of regular expressions. */
  public LuaValue regexpModule() {
    return new RegexpModuleValue(this);
  }

  /** Returns the object that a sink for regular expressions writes the place of its match to. */
  public LuaValue regexpResult() {
    return new RegexpResultValue(regexpResults);
  }

  /** Returns a stream that is fed with ranges of other buffers. */
  public LuaValue subStream() {
    return new SubStreamValue(this, new SubBufferStream());
  }

  /** Returns the handle of an alert; {@code update} is called with what a rule adds to it. */
  public LuaValue alert(long id, AlertValue.Update update) {
    return new AlertValue(alerts, id, update);
  }

  /** Returns the class of coroutine managers. */
  public LuaTable comanagers() {
    return comanagers;
  }
}
