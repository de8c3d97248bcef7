/// What synthetic jobs and resumes are about.
struct Occupation: Sendable {
    let title: String
    /// As a degree's field.
    let field: String
    /// The first five are required, the next five preferred, the others merely usual.
    let skills: [String]

    var requiredSkills: [String] { Array(skills.prefix(5)) }
    var preferredSkills: [String] { Array(skills.dropFirst(5).prefix(5)) }

    static let all = [
        Occupation(
            title: "Backend Engineer",
            field: "Computer Science",
            skills: [
                "Go", "PostgreSQL", "Kubernetes", "Docker", "REST APIs", "Kafka", "gRPC", "Terraform", "Node.js", "C++",
                "Redis", "Python", "Linux", "Git", "Prometheus", "Grafana", "Helm", "Java", "GraphQL", "RabbitMQ",
            ]
        ),
        Occupation(
            title: "Registered Nurse",
            field: "Nursing",
            skills: [
                "Patient care", "Medication administration", "Triage", "Wound care", "Patient education",
                "Infection control",
                "Electronic health records", "Telemetry", "Phlebotomy", "Care planning", "Basic life support",
                "Advanced life support", "Intravenous therapy", "Discharge planning", "Vital signs", "Pain management",
                "Pediatrics", "Geriatrics", "Case management", "Quality assurance",
            ]
        ),
        Occupation(
            title: "Financial Accountant",
            field: "Accounting",
            skills: [
                "Financial reporting", "Accounts payable", "Accounts receivable", "Reconciliation", "Microsoft Excel",
                "IFRS", "Budgeting", "SAP", "Internal audit", "Tax returns", "Payroll", "Forecasting",
                "Cost accounting",
                "General ledger", "Cash flow analysis", "Invoicing", "QuickBooks", "Financial analysis", "Bookkeeping",
                "Variance analysis",
            ]
        ),
        Occupation(
            title: "Data Analyst",
            field: "Statistics",
            skills: [
                "SQL", "Python", "Data visualization", "Statistics", "Microsoft Excel", "Tableau", "Power BI",
                "Machine learning",
                "R", "ETL", "Data modeling", "A/B testing", "Forecasting", "Data warehousing", "Regression analysis",
                "Git",
                "Airflow", "Spark", "Data cleaning", "Reporting",
            ]
        ),
        Occupation(
            title: "Mechanical Engineer",
            field: "Mechanical Engineering",
            skills: [
                "SolidWorks", "AutoCAD", "Finite element analysis", "Mechanical design", "GD&T", "MATLAB",
                "Prototyping",
                "Lean manufacturing", "Thermodynamics", "CNC machining", "Materials science", "Six Sigma",
                "Root cause analysis", "Project management", "Technical drawing", "Injection molding", "Welding",
                "Quality control", "HVAC", "Computational fluid dynamics",
            ]
        ),
        Occupation(
            title: "Sales Manager",
            field: "Business Administration",
            skills: [
                "Sales management", "Account management", "Negotiation", "CRM", "Team leadership", "Salesforce",
                "Forecasting",
                "Lead generation", "Market research", "Key account management", "Budgeting", "Pricing", "Presentations",
                "Customer service", "Contract negotiation", "Business development", "Coaching", "Microsoft Excel",
                "Market analysis", "Recruiting",
            ]
        ),
    ]

    static let companies = [
        "Larkspur Freight", "Kestrel Parcel", "Northgate Health", "Blue Harbor Bank", "Alder Foods", "Meridian Optics",
        "Tidewater Energy", "Copperfield Tools", "Juniper Retail", "Harrow Logistics", "Silverline Rail",
        "Quarry Systems",
        "Fenwick Labs", "Orchard Insurance", "Pinecrest Hospital", "Vellum Publishing",
    ]
    static let places = [
        "Rotterdam, Netherlands", "Leeds, United Kingdom", "Porto, Portugal", "Austin, Texas", "Lyon, France",
        "Hamburg, Germany", "Toronto, Canada", "Cork, Ireland", "Brno, Czechia", "Bergen, Norway", "Turin, Italy",
        "Denver, Colorado",
    ]
    static let schools = [
        "University of Leeds", "Delft University of Technology", "University of Porto", "Ohio State University",
        "Charles University", "University of Bergen", "Trinity College Dublin", "University of Toronto",
        "Politecnico di Torino", "University of Lyon",
    ]
    static let givenNames = [
        "Amara", "Bradley", "Carmen", "Dmitri", "Elena", "Farid", "Grace", "Henrik", "Ines", "Jonas", "Kavya", "Lucia",
        "Marek", "Nomvula", "Oskar", "Priya", "Quentin", "Renata", "Salma", "Tomas", "Ulrike", "Viktor", "Wanjiru",
        "Ximena",
        "Yusuf", "Zofia", "Aoife", "Bilal", "Chiara", "Dwayne",
    ]
    static let familyNames = [
        "Okafor", "Stokes", "Ferrandiz", "Solberg", "Brandtner", "Kervadec", "Takahashi", "Dube", "Raghunathan",
        "Czarnecka", "Bennis", "Havlik", "Draganov", "Brannigan", "Dimaculangan", "Abernathy", "Castellanos",
        "Delacroix",
        "Eriksen", "Fitzgerald", "Gonzaga", "Haddad", "Ivanova", "Jankowski", "Kowalczyk", "Lindqvist", "Moreau",
        "Nakamura",
        "Oyelaran", "Petrosyan",
    ]
    static let languages = ["English", "French", "German", "Spanish", "Portuguese", "Polish", "Italian", "Arabic"]
    static let ranks = ["Junior", "", "Senior", "Lead", "Principal"]
}
