// The load on an echo server: so many connections, and on each of them one message after the other: it is sent, waited for,
// and sent again. One thread, epoll, nothing allocated on the way.
//
// Compiled with -DTLS it speaks TLS 1.3 with one and the same cipher to every server, and believes any certificate.
//
// usage: echo_load PORT CONNECTIONS BYTES WARM_MILLIS RUN_MILLIS SERVER_PID
// prints: requests, nanoseconds, the server's processor nanoseconds, and how many of the nanoseconds we had something to do.
//
// It never sleeps. A load that slept would have to be woken up by the server, within its write and on its account: a price
// that depends on how often the load has nothing to do, and that no server pays whose clients are on other machines.
//
// The clock of the server's process counts all of its threads, so compilers and garbage collectors are not forgotten. It is
// read here, at the very moments at which counting begins and ends; a reader in another process would come late.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef TLS
#include <openssl/err.h>
#include <openssl/ssl.h>
#endif

enum { EVENTS = 256, RECEIVE_BYTES = 256 * 1024, PATTERN = 251 };

typedef struct {
    int fd;
    int sent;      // of the message under way
    int received;  // of its echo
    int blocked;   // whether we wait for room to send
    int idle;      // whether the last echo has come, after the end
#ifdef TLS
    SSL *tls;
#endif
} connection;

static int message_bytes;
static char *message;
static char *incoming;
static int poll_fd;
static connection *all;
static int count;
static int busy;      // connections that wait for an echo
static long requests;
static int ending;
static long long idle_nanos;  // spent on asking for events when there were none

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static long long clock_nanos(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time)) fail("clock_gettime");
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void watch(connection *c, int operation, unsigned events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (epoll_ctl(poll_fd, operation, c->fd, &event)) fail("epoll_ctl");
}

#ifdef TLS
static SSL_CTX *context;

static void fail_tls(const char *what) {
    ERR_print_errors_fp(stderr);
    fail(what);
}

static void prepare(void) {
    context = SSL_CTX_new(TLS_client_method());
    if (!context || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)) fail_tls("context");
    if (!SSL_CTX_set_ciphersuites(context, "TLS_AES_256_GCM_SHA384")) fail_tls("cipher");
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, RECEIVE_BYTES);
}

static void secure(connection *c) {
    c->tls = SSL_new(context);
    if (!c->tls || !SSL_set_fd(c->tls, c->fd) || SSL_connect(c->tls) != 1) fail_tls("handshake");
}

// As send and recv say it: less than 0 with EAGAIN if the socket has to be waited for.
static ssize_t outcome(connection *c, int n) {
    if (n > 0) return n;
    int error = SSL_get_error(c->tls, n);
    if (error == SSL_ERROR_ZERO_RETURN) return 0;
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) fail_tls("tls");
    errno = EAGAIN;
    return -1;
}

static ssize_t put(connection *c, const char *data, int bytes) {
    return outcome(c, SSL_write(c->tls, data, bytes));
}

static ssize_t get(connection *c) {
    return outcome(c, SSL_read(c->tls, incoming, RECEIVE_BYTES));
}

static int holds_more(connection *c) {
    return SSL_has_pending(c->tls);
}

static void say_goodbye(connection *c) {
    SSL_shutdown(c->tls);
}
#else
static void prepare(void) {}

static void secure(connection *c) {
    (void)c;
}

static ssize_t put(connection *c, const char *data, int bytes) {
    return send(c->fd, data, bytes, MSG_NOSIGNAL);
}

static ssize_t get(connection *c) {
    return recv(c->fd, incoming, RECEIVE_BYTES, 0);
}

static int holds_more(connection *c) {
    (void)c;
    return 0;
}

static void say_goodbye(connection *c) {
    (void)c;
}
#endif

static void open_connection(connection *c, int port) {
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0) fail("socket");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    secure(c);
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
}

static void send_more(connection *c) {
    while (c->sent < message_bytes) {
        ssize_t n = put(c, message + c->sent, message_bytes - c->sent);
        if (n < 0 && errno == EAGAIN) {
            if (!c->blocked) watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            c->blocked = 1;
            return;
        }
        if (n < 0) fail("send");
        c->sent += n;
    }
    if (c->blocked) watch(c, EPOLL_CTL_MOD, EPOLLIN);
    c->blocked = 0;
}

static void next_message(connection *c) {
    c->sent = c->received = 0;
    if (ending) {
        c->idle = 1;
        busy--;
    } else {
        send_more(c);
    }
}

// Whether there may be more that epoll does not know of.
static int receive(connection *c) {
    ssize_t n = get(c);
    if (n < 0 && errno == EAGAIN) return 0;
    if (n < 0) fail("recv");
    // The first byte of a piece tells whether the pieces come in order; the length, whether any is missing.
    if (n == 0 || c->idle || c->received + n > message_bytes || incoming[0] != message[c->received]) {
        fprintf(stderr, "not an echo: %zd bytes after %d of %d\n", n, c->received, message_bytes);
        exit(2);
    }
    c->received += n;
    if (c->received == message_bytes) {
        requests++;
        next_message(c);
    }
    return holds_more(c);
}

// Until then, or longer if there were not that many requests yet: one for each connection, in a sample.
static void run_until(long long end, long at_least) {
    struct epoll_event events[EVENTS];
    long long before = clock_nanos(CLOCK_MONOTONIC);
    while (busy > 0 && (before < end || requests < at_least)) {
        int n = epoll_wait(poll_fd, events, EVENTS, 0);
        for (int i = 0; i < n; i++) {
            connection *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) send_more(c);
            int more = events[i].events & ~EPOLLOUT;
            while (more) more = receive(c);
        }
        long long now = clock_nanos(CLOCK_MONOTONIC);
        if (n == 0) idle_nanos += now - before;
        before = now;
    }
}

// Lets every echo come home and waits for the server's end, so that it has nothing left to do when the next one is measured.
static void finish(void) {
    ending = 1;
    run_until(clock_nanos(CLOCK_MONOTONIC) + 5000000000LL, 0);
    if (busy > 0) {
        fprintf(stderr, "%d connections had no echo in five seconds\n", busy);
        exit(3);
    }
    struct timeval patience = {.tv_sec = 5};
    for (int i = 0; i < count; i++) {
        say_goodbye(&all[i]);
        shutdown(all[i].fd, SHUT_WR);
    }
    for (int i = 0; i < count; i++) {
        fcntl(all[i].fd, F_SETFL, 0);
        setsockopt(all[i].fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ssize_t n;
        do {  // over TLS there is its goodbye
            n = recv(all[i].fd, incoming, RECEIVE_BYTES, 0);
        } while (n > 0);
        if (n != 0) fail("the server did not close");
        close(all[i].fd);
    }
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: echo_load PORT CONNECTIONS BYTES WARM_MILLIS RUN_MILLIS SERVER_PID\n");
        return 2;
    }
    count = atoi(argv[2]);
    message_bytes = atoi(argv[3]);
    clockid_t server;
    if (clock_getcpuclockid(atoi(argv[6]), &server)) fail("clock of the server's process");
    message = malloc(message_bytes);
    incoming = malloc(RECEIVE_BYTES);
    for (int i = 0; i < message_bytes; i++) message[i] = (char)(i % PATTERN);
    poll_fd = epoll_create1(0);
    prepare();
    all = calloc(count, sizeof *all);
    for (int i = 0; i < count; i++) open_connection(&all[i], atoi(argv[1]));

    busy = count;
    for (int i = 0; i < count; i++) send_more(&all[i]);
    run_until(clock_nanos(CLOCK_MONOTONIC) + atoi(argv[4]) * 1000000LL, 0);

    requests = idle_nanos = 0;
    long long begin = clock_nanos(CLOCK_MONOTONIC);
    long long server_begin = clock_nanos(server);
    run_until(begin + atoi(argv[5]) * 1000000LL, count);
    long long end = clock_nanos(CLOCK_MONOTONIC);
    long long server_end = clock_nanos(server);
    long counted = requests;
    long long worked = end - begin - idle_nanos;
    finish();
    printf("%ld %lld %lld %lld\n", counted, end - begin, server_end - server_begin, worked);
    return 0;
}
