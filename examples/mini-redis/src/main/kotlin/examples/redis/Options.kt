package examples.redis

/** The options of a command line, each a name and a value. */
internal class Options private constructor(
    private val values: Map<String, String>,
    val help: Boolean,
) {
    operator fun get(name: String): String? = values[name]

    /** The number that is the value of an option; null if the option was not given. */
    fun number(name: String, range: IntRange): Int? {
        val text = values[name] ?: return null
        return text.toIntOrNull()?.takeIf { it in range }
            ?: throw IllegalArgumentException("$name takes a whole number from ${range.first} to ${range.last}, not '$text'")
    }

    companion object {
        /** @throws IllegalArgumentException says what is wrong, in one line */
        fun parse(arguments: Array<String>, vararg names: String): Options {
            val values = HashMap<String, String>()
            var help = false
            val rest = arguments.iterator()
            while (rest.hasNext()) {
                when (val name = rest.next()) {
                    "--help", "-h" -> help = true
                    in names -> {
                        require(rest.hasNext()) { "$name takes a value" }
                        values[name] = rest.next()
                    }
                    else -> throw IllegalArgumentException("unknown option '$name'; --help lists what there is")
                }
            }
            return Options(values, help)
        }
    }
}
