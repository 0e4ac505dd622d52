/// Invented names for sample customers.
enum Names {
    static let first = [
        "Camila", "Mateo", "Valentina", "Santiago", "Isabela", "Sebastián", "Lucía", "Nicolás", "Sofía", "Daniel",
        "Gabriela", "Andrés", "Paula", "Felipe", "Natalia", "Julián", "Carolina", "Tomás", "Laura", "Esteban",
        "Adriana", "Rafael", "Diana", "Hugo", "Elena", "Óscar", "Marta", "Iván", "Silvia", "Bruno", "Noelia", "Emilio",
        "Clara", "Joaquín", "Alma", "Ramiro", "Teresa", "Gael", "Irene", "Leandro",
    ]
    static let last = [
        "Rojas", "Castaño", "Herrera", "Quintero", "Salazar", "Mejía", "Ospina", "Cárdenas", "Restrepo", "Zuluaga",
        "Vargas", "Beltrán", "Arango", "Duque", "Montoya", "Patiño", "Giraldo", "Bedoya", "Marulanda", "Londoño",
        "Acevedo", "Barrera", "Cifuentes", "Escobar", "Fonseca", "Galvis", "Hoyos", "Infante", "Jaramillo", "Lozano",
        "Moreno", "Navarro", "Orozco", "Pineda", "Rincón", "Suárez", "Tobón", "Urrego", "Villa", "Yepes",
    ]

    /// `text` in lowercase ASCII, accents dropped, fit for an address.
    static func addressPart(_ text: String) -> String {
        let plain: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n"]
        return String(text.lowercased().map { plain[$0] ?? ($0 == " " ? "-" : $0) })
    }
}
