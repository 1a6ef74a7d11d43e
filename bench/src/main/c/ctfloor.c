/* The floor of conntrack operations: bare netlink messages, one system call to send and one to
 * receive, nothing decoded. usage: ctfloor dump | get N | update N | delete N
 * The flows are udp 192.0.2.1:1+i -> 192.0.2.2:53. Prints how many succeeded and the microseconds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char answer[1 << 17];
static char request[512];
static struct nlmsghdr *const head = (struct nlmsghdr *)request;

static struct nlattr *attribute(int type, const void *value, int length) {
  struct nlattr *a = (struct nlattr *)(request + head->nlmsg_len);
  a->nla_type = type;
  a->nla_len = NLA_HDRLEN + length;
  memcpy((char *)a + NLA_HDRLEN, value, length);
  head->nlmsg_len += NLA_ALIGN(a->nla_len);
  return a;
}

static struct nlattr *nest(int type) { return attribute(type | NLA_F_NESTED, "", 0); }

static void end(struct nlattr *a) { a->nla_len = request + head->nlmsg_len - (char *)a; }

static void begin(int message, int flags, int family) {
  struct nfgenmsg *general = NLMSG_DATA(head);
  memset(request, 0, sizeof request);
  head->nlmsg_len = NLMSG_LENGTH(sizeof *general);
  head->nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | message;
  head->nlmsg_flags = NLM_F_REQUEST | flags;
  general->nfgen_family = family;
}

static void tuple(int index) {
  struct in_addr from, to;
  unsigned short source = htons(1 + index), destination = htons(53);
  unsigned char udp = 17;
  inet_aton("192.0.2.1", &from);
  inet_aton("192.0.2.2", &to);
  struct nlattr *whole = nest(CTA_TUPLE_ORIG);
  struct nlattr *ip = nest(CTA_TUPLE_IP);
  attribute(CTA_IP_V4_SRC, &from, 4);
  attribute(CTA_IP_V4_DST, &to, 4);
  end(ip);
  struct nlattr *proto = nest(CTA_TUPLE_PROTO);
  attribute(CTA_PROTO_NUM, &udp, 1);
  attribute(CTA_PROTO_SRC_PORT, &source, 2);
  attribute(CTA_PROTO_DST_PORT, &destination, 2);
  end(proto);
  end(whole);
}

static long dump(int s) {
  long entries = 0;
  begin(IPCTNL_MSG_CT_GET, NLM_F_DUMP, 0);
  send(s, request, head->nlmsg_len, 0);
  for (;;) {
    long length = recv(s, answer, sizeof answer, 0);
    if (length < 0) return -1;
    for (struct nlmsghdr *m = (struct nlmsghdr *)answer; NLMSG_OK(m, length); m = NLMSG_NEXT(m, length)) {
      if (m->nlmsg_type == NLMSG_DONE) return entries;
      entries++;
    }
  }
}

/* Reads until the acknowledgement; 1 when it says that all went well. */
static int acknowledged(int s) {
  for (;;) {
    long length = recv(s, answer, sizeof answer, 0);
    if (length < 0) return 0;
    for (struct nlmsghdr *m = (struct nlmsghdr *)answer; NLMSG_OK(m, length); m = NLMSG_NEXT(m, length))
      if (m->nlmsg_type == NLMSG_ERROR) return ((struct nlmsgerr *)NLMSG_DATA(m))->error == 0;
  }
}

static long calls(int s, const char *what, int count) {
  long done = 0;
  for (int i = 0; i < count; i++) {
    int message = *what == 'g' ? IPCTNL_MSG_CT_GET : *what == 'd' ? IPCTNL_MSG_CT_DELETE : IPCTNL_MSG_CT_NEW;
    begin(message, NLM_F_ACK, AF_INET);
    tuple(i);
    if (*what == 'u') {
      unsigned mark = htonl(i & 0xffff), mask = htonl(0xffff);
      attribute(CTA_MARK, &mark, 4);
      attribute(CTA_MARK_MASK, &mask, 4);
    }
    send(s, request, head->nlmsg_len, 0);
    done += acknowledged(s);
  }
  return done;
}

int main(int argc, char **argv) {
  int s = socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER), buffer = 1 << 21;
  struct timespec from, to;
  if (argc < 2 || s < 0) return 2;
  setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  clock_gettime(CLOCK_MONOTONIC, &from);
  long done = argc > 2 ? calls(s, argv[1], atoi(argv[2])) : dump(s);
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%ld %.1f\n", done, (to.tv_sec - from.tv_sec) * 1e6 + (to.tv_nsec - from.tv_nsec) / 1e3);
  return 0;
}
