// What may hold a prompt, a key or a URL shows little of itself, also inside of other values: it may end up in a log.

/// A value that shows only its `description`, however it is printed.
protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Concealed {
    /// The same as `description`.
    public var debugDescription: String { description }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: ["": description]) }
}
