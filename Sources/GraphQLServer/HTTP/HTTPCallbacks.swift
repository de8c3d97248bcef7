internal import CHTTP
internal import Synchronization

// What libmicrohttpd's loop calls, on its thread. File-scope functions: a closure made inside an isolated context would trap
// on a thread that Swift does not know.

@c func loopHasWork(_ context: UnsafeMutableRawPointer?) -> Bool {
    guard let context = unsafe context else { return false }
    let events = unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue()
    return events.answering.hasWork?() ?? false
}

@c func loopWorks(_ context: UnsafeMutableRawPointer?) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue().answering.work()
}

@c func loopWorksLong(_ context: UnsafeMutableRawPointer?) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue().answering.relieve()
}

@c func exchangeDidBegin(
    _ context: UnsafeMutableRawPointer?,
    _ handle: OpaquePointer?,
    _ method: UnsafePointer<CChar>?,
    _ target: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?
) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context, let handle = unsafe handle, let method = unsafe method,
        let target = unsafe target, let version = unsafe version
    else { return nil }
    let events = unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue()
    let request = unsafe readRequest(handle, method: method, target: target, id: events.nextID())
    let isHTTP11 = unsafe String(cString: version) == "HTTP/1.1"
    let route = RequestRules.refusal(of: request, isHTTP11: isHTTP11).map(HTTPRoute.answer) ?? events.route(request)
    let exchange = Exchange(
        request: request,
        route: route,
        handle: unsafe Exchange.Handle(pointer: handle),
        events: events
    )
    switch route {
    case .answer(let response):
        exchange.begin(response)
    case .collect(let maxBytes, _), .stream(let maxBytes, _):
        if let length = request.fields["Content-Length"].flatMap(Int.init), length > maxBytes {
            exchange.begin(RequestRules.tooLarge(maxBytes))
        } else if case .stream = route {
            exchange.start()
        }
    }
    return unsafe Unmanaged.passRetained(exchange).toOpaque()  // released in exchangeIsDone
}

@c func exchangeDidReceive(_ request: UnsafeMutableRawPointer?, _ data: UnsafePointer<UInt8>?, _ count: Int) -> Int {
    guard let exchange = unsafe exchange(of: request) else { return count }
    let taken = unsafe exchange.receive(UnsafeRawBufferPointer(start: data, count: count))
    if let taken { return taken }
    // A response cannot be queued while a body comes in: it is written as it stands, and the connection closed.
    exchange.state.withLock { state in
        state.isAnswered = true
        if let handle = state.handle { unsafe http_abort(handle.pointer, RequestRules.rawTooLarge) }
    }
    exchange.events.observer?.answered(exchange.request, status: 413, after: .now - exchange.begun)
    return count
}

@c func exchangeDidEndBody(_ request: UnsafeMutableRawPointer?) {
    guard let exchange = unsafe exchange(of: request) else { return }
    let early = exchange.endBody()
    if let early {
        _ = exchange.events.answering.begin(true) { await exchange.send(early) }
        return
    }
    guard case .collect = exchange.route, !exchange.state.withLock({ $0.isAnswered }) else { return }
    exchange.start()
}

@c func exchangeIsDone(_ request: UnsafeMutableRawPointer?, _ wasSent: Bool) {
    guard let request = unsafe request else { return }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(request).takeRetainedValue()  // retained in exchangeDidBegin
    exchange.end()
}

private func exchange(of request: UnsafeMutableRawPointer?) -> Exchange? {
    guard let request = unsafe request else { return nil }
    return unsafe Unmanaged<Exchange>.fromOpaque(request).takeUnretainedValue()
}

private func readRequest(
    _ handle: OpaquePointer,
    method: UnsafePointer<CChar>,
    target: UnsafePointer<CChar>,
    id: String
) -> HTTPRequest {
    var fields = HTTPFields(capacity: 8)
    unsafe withUnsafeMutablePointer(to: &fields) { fields in
        unsafe http_each_header(handle, fields) { context, name, value in
            guard let context = unsafe context, let name = unsafe name, let value = unsafe value else { return }
            let fields = unsafe context.assumingMemoryBound(to: HTTPFields.self)
            unsafe fields.pointee.append(String(cString: name), String(cString: value))
        }
    }
    let address = unsafe http_remote_address(handle).map { unsafe String(cString: $0) } ?? ""
    let text = unsafe String(cString: target)
    let mark = text.utf8.firstIndex(of: UInt8(ascii: "?"))
    return HTTPRequest(
        method: unsafe String(cString: method),
        path: mark.map { String(text[..<$0]) } ?? text,
        query: mark.map { String(text[text.utf8.index(after: $0)...]) },
        fields: fields,
        remoteAddress: address,
        id: id
    )
}
