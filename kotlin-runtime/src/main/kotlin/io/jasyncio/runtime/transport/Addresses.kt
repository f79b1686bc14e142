package io.jasyncio.runtime.transport

import java.io.IOException
import java.net.BindException
import java.net.ConnectException
import java.net.Inet4Address
import java.net.Inet6Address
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.NoRouteToHostException
import java.net.ProtocolFamily
import java.net.SocketException
import java.net.StandardProtocolFamily

/** The family of an address. */
internal val InetAddress.family: StandardProtocolFamily
    get() = if (this is Inet4Address) StandardProtocolFamily.INET else StandardProtocolFamily.INET6

/** Address and port, for people. */
internal val InetSocketAddress.text: String
    get() = if (address is Inet6Address) "[${address.hostAddress}]:$port" else "${address.hostAddress}:$port"

/** The address that means all addresses of a family. */
internal fun anyOf(family: StandardProtocolFamily): InetAddress =
    InetAddress.getByAddress(ByteArray(if (family == StandardProtocolFamily.INET) IPV4_BYTES else IPV6_BYTES))

/** Opens a channel for a family; a machine that does not have the family is an everyday failure. */
internal fun <C> openFor(
    family: StandardProtocolFamily,
    open: (ProtocolFamily) -> C,
): C =
    try {
        open(family)
    } catch (missing: UnsupportedOperationException) {
        throw SocketException("this machine has no family $family").apply { initCause(missing) }
    }

/** The system's own texts say neither where nor which of several addresses: a failure of [action] does. */
internal inline fun <T> naming(
    address: InetSocketAddress,
    action: () -> T,
): T =
    try {
        action()
    } catch (failure: IOException) {
        throw failure.at(address)
    }

internal fun IOException.at(address: InetSocketAddress): IOException {
    val text = "${message ?: javaClass.simpleName}: ${address.text}"
    val same =
        when (this) {
            is ConnectException -> ConnectException(text)
            is BindException -> BindException(text)
            is NoRouteToHostException -> NoRouteToHostException(text)
            is SocketException -> SocketException(text)
            else -> IOException(text)
        }
    return same.apply { initCause(this@at) }
}

private const val IPV4_BYTES = 4
private const val IPV6_BYTES = 16
