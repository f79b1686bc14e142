package io.jasyncio.runtime.loop

import io.jasyncio.LoopOptions
import io.jasyncio.runtime.io.SelectorIoDriver
import io.jasyncio.spi.EventLoopProvider
import io.jasyncio.spi.LoopRuntime

/** Found by the API through its service loader. */
internal class SelectorEventLoopProvider : EventLoopProvider {
    override fun newEventLoop(options: LoopOptions): LoopRuntime = SelectorEventLoop(options, SelectorIoDriver())
}
