// The keys of one batch: each names one job of one owner, wherever in the batch it stands.

internal import GentaskGenerated

/// Asked about one job after the other, in their order.
struct BatchKeys {
    let batch: String?
    /// Which job has a key.
    private var holders: [Name: Int] = [:]
    /// How often a key was made.
    private var made: [Name: UInt64] = [:]

    private struct Name: Hashable {
        let owner: String?
        let key: String
    }

    init(batch: String?) {
        self.batch = batch
    }

    /// The key that a job has of its own; `nil`: one is to be made. Refuses the job where none can be, and where another has it.
    mutating func own(_ job: Job, _ index: Int) throws -> String? {
        if let key = job.key { return try held(key, job.owner, index) }
        if batch == nil {
            let expected = "`key` for the whole batch, or a key to each job, so that a batch that is begun again pays nothing twice"
            try refuse("job \(index) has no key", Fault(path: "/key", rule: "required", expected: expected, actual: "none"))
        }
        return nil
    }

    /// The order under a key that is made of it, with the media that were read into it.
    mutating func made(_ order: Result<Order, GentaskError>, _ index: Int) throws -> Result<Order, GentaskError> {
        guard let batch, case .success(var named) = order else { return order }
        func key(_ nth: UInt64) throws -> String {
            try calling { try batchKey(batch: batch, model: named.model, input: named.input, options: named.options, nth: nth) }
        }
        let first: String
        do {
            first = try key(1)
        } catch let refused as GentaskError {
            return .failure(refused)
        }
        let nth = made[Name(owner: named.owner, key: first), default: 0] + 1
        made[Name(owner: named.owner, key: first)] = nth
        named.key = try held(nth == 1 ? first : key(nth), named.owner, index)
        return .success(named)
    }

    private mutating func held(_ key: String, _ owner: String?, _ index: Int) throws -> String {
        if let other = holders.updateValue(index, forKey: Name(owner: owner, key: key)) {
            let fault = Fault(path: "/key", rule: "unique", expected: "a key that names one job", actual: "that of job \(other)")
            try refuse("job \(index) has the key \(key) of job \(other)", fault)
        }
        return key
    }

    private func refuse(_ what: String, _ fault: Fault) throws {
        try calling { try refusePayload(what: what, faults: [fault]) }
    }
}

extension Client {
    /// What crosses of a job, or why it is refused.
    /// - Throws: `CancellationError`.
    func read(_ job: Job) async throws -> Result<Order, GentaskError> {
        let contract = contract
        do {
            return .success(
                try await calculated(of: job.input) {
                    try order(job.model, job.input, job.key, job.owner, job.callbackURL, job.options, for: contract)
                })
        } catch let refused as GentaskError {
            return .failure(refused)
        }
    }

    /// Submits what crosses.
    func submit(_ order: Order, timeout: Duration? = nil) async throws -> TaskHandle {
        TaskHandle(try await waiting { try await native.submit(token: $0, order: order, timeMs: timeout?.milliseconds) })
    }
}
