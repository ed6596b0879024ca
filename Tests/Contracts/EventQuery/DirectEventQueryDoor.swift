package import Application
package import Domain

/// The door without a wire: the driving port itself.
package struct DirectEventQueryDoor: EventQueryDoor {
  private let query: any EventQuery

  package init(_ query: any EventQuery) { self.query = query }

  package func events(_ request: EventRequest) async throws(EventQueryRefusal) -> EventQueryAnswer {
    do throws(EventQueryError) { return EventQueryAnswer(try await query.events(request)) } catch {
      throw EventQueryRefusal(error)
    }
  }

  package func histogram(_ request: HistogramRequest) async throws(EventQueryRefusal) -> HistogramAnswer {
    do throws(EventQueryError) { return HistogramAnswer(try await query.histogram(request)) } catch {
      throw EventQueryRefusal(error)
    }
  }

  package func services(of tenant: TenantID) async throws(EventQueryRefusal) -> [String] {
    do throws(EventQueryError) { return try await query.services(of: tenant).services.map(\.text) } catch {
      throw EventQueryRefusal(error)
    }
  }
}
