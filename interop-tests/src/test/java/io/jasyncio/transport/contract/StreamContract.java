package io.jasyncio.transport.contract;

/** What every transport of a stream of bytes has to pass, if it goes in one direction alone as pipes do. */
interface StreamContract extends LifeContract, ReadingContract, WritingContract, TrafficContract {}
