package io.jasyncio.runtime.transport

import java.io.IOException
import java.lang.System.Logger.Level
import java.net.ConnectException
import java.net.StandardProtocolFamily
import java.net.UnixDomainSocketAddress
import java.nio.channels.SocketChannel
import java.nio.file.Files
import java.nio.file.LinkOption.NOFOLLOW_LINKS
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.attribute.BasicFileAttributes
import java.nio.file.attribute.FileTime

/** The file by which clients find a Unix server (S116). Neither the system nor Java ever removes it. Loop only. */
internal class SocketFile(
    private val path: Path,
) {
    private var ours: Identity? = null

    /**
     * A file under the same path need not be the same one. The system gives the number of a removed file to the next one at
     * once, so the number alone says little.
     */
    private data class Identity(
        val fileKey: Any,
        val made: FileTime,
    )

    /**
     * Removes a socket that a server has left behind. Whether nobody listens any more is found out by knocking: a server that
     * is alive keeps its file, at the price of a connection that ends at once. asyncio does not ask (cpython #121252).
     */
    fun removeIfStale() {
        if (isSocket() && isRefused()) {
            Files.deleteIfExists(path)
        }
    }

    /** Whether there is a socket under the path, whoever's, as far as we may see. */
    fun isSocket(): Boolean =
        try {
            attributes()?.isOther == true && hasTypeOfSocket()
        } catch (_: IOException) {
            false
        }

    private fun hasTypeOfSocket(): Boolean =
        MODE_VIEW !in path.fileSystem.supportedFileAttributeViews() ||
            Files.getAttribute(path, "$MODE_VIEW:mode", NOFOLLOW_LINKS) as Int and TYPE_BITS == TYPE_SOCKET

    private fun isRefused(): Boolean =
        SocketChannel.open(StandardProtocolFamily.UNIX).use { channel ->
            // Not to wait where the server's backlog is full, which only a server that is alive can have.
            channel.configureBlocking(false)
            try {
                channel.connect(UnixDomainSocketAddress.of(path))
                false
            } catch (_: ConnectException) {
                true
            } catch (_: IOException) {
                false
            }
        }

    /** The file is there now, and is ours. */
    fun remember() {
        ours = identity()
    }

    /** Leaves alone what somebody else has put in its place meanwhile. */
    fun removeIfOurs() {
        try {
            if (ours != null && ours == identity()) {
                Files.deleteIfExists(path)
            }
        } catch (failure: IOException) {
            // The server closes all the same; a file that is left is replaced by the next server.
            LOG.log(Level.WARNING, "cannot remove the socket file $path", failure)
        }
    }

    /** Null where the file system has no such thing; then the file stays. */
    private fun identity(): Identity? {
        val attributes = attributes() ?: return null
        return attributes.fileKey()?.let { Identity(it, attributes.lastModifiedTime()) }
    }

    private fun attributes(): BasicFileAttributes? =
        try {
            Files.readAttributes(path, BasicFileAttributes::class.java, NOFOLLOW_LINKS)
        } catch (_: NoSuchFileException) {
            null
        }

    private companion object {
        const val MODE_VIEW = "unix"
        const val TYPE_BITS = 0xF000
        const val TYPE_SOCKET = 0xC000
        val LOG: System.Logger = System.getLogger("io.jasyncio")
    }
}
