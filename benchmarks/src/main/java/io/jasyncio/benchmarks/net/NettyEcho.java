package io.jasyncio.benchmarks.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Netty's NIO transport on one thread: its own echo example, which writes while there is something to read and flushes once
 * then, with reads as large as everybody's and with back-pressure.
 */
final class NettyEcho implements EchoServer {

    private static final int SMALLEST_READ = 64;
    private static final int FIRST_READ = 2048;

    @Override
    public void serve(IntConsumer listening) throws Exception {
        var thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var server = new ServerBootstrap()
                    .group(thread)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, READ_BYTES))
                    .childHandler(new Pipeline())
                    .bind(HOST, 0)
                    .sync()
                    .channel();
            listening.accept(((InetSocketAddress) server.localAddress()).getPort());
            server.closeFuture().sync();
        } finally {
            thread.shutdownGracefully();
        }
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final ChannelHandler echo = new Echo();
        private final @Nullable SslContext tls;

        Pipeline() throws GeneralSecurityException, IOException {
            tls = EchoTls.isOn()
                    ? SslContextBuilder.forServer(EchoTls.keys())
                            .sslProvider(SslProvider.JDK)
                            .build()
                    : null;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline().addLast(echo);
        }
    }

    @ChannelHandler.Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object data) {
            context.write(data, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }
}
