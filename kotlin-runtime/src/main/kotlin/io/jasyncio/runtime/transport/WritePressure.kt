package io.jasyncio.runtime.transport

import io.jasyncio.ErrorContext
import io.jasyncio.EventLoop
import io.jasyncio.transport.BaseProtocol
import io.jasyncio.transport.WriteBufferLimits

/** Asks a protocol to pause and to go on, by how much its transport has buffered (S103). Loop only. */
internal class WritePressure(
    private val loop: EventLoop,
    private val source: Any,
) {
    var limits: WriteBufferLimits = WriteBufferLimits.DEFAULT
    private var paused = false

    fun grown(
        size: Int,
        protocol: BaseProtocol,
    ) {
        if (size > limits.highBytes && !paused) {
            paused = true
            tell("pauseWriting", protocol::pauseWriting)
        }
    }

    fun shrunk(
        size: Int,
        protocol: BaseProtocol,
    ) {
        if (paused && size <= limits.lowBytes) {
            paused = false
            tell("resumeWriting", protocol::resumeWriting)
        }
    }

    /** A failure of the protocol must not reach whoever happens to write. */
    private fun tell(
        method: String,
        call: () -> Unit,
    ) {
        try {
            call()
        } catch (failure: Throwable) {
            loop.callExceptionHandler(ErrorContext("protocol.$method() failed", failure, source))
        }
    }
}
